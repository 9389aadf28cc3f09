package kerava.config;

/** An object that is made from a {@link Config} and nothing else. */
public interface Configured {
  /** How configs of this object's class are written and read. */
  Schema<?> schema();

  /** The arguments of this object. */
  Config config();
}
