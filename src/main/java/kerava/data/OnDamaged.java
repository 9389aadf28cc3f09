package kerava.data;

/** What is done with images that cannot be whole, when a folder of images is opened. */
public enum OnDamaged {
  /** The first one is named, and nothing is read; the default. */
  STOP,
  /** They are left out and counted. */
  SKIP
}
