package kerava.config;

/** A config that cannot be read: it says where in the document, what was expected, what stood. */
public final class ConfigException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  /**
   * A refusal.
   *
   * @param path the JSON path of what is refused
   * @param expected what should stand there
   * @param found what stands there
   */
  public ConfigException(String path, String expected, String found) {
    super(Visible.of(path + ": expected " + expected + ", got " + found + "."));
  }
}
