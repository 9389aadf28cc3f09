package kerava.config;

/** A config that cannot be read: it says where in the document, what was expected, what stood. */
public final class ConfigException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  /** How much of an address, and of what a document holds, is repeated. */
  private static final int PATH = 200;

  private static final int FOUND = 300;

  /**
   * A refusal.
   *
   * @param path the JSON path of what is refused
   * @param expected what should stand there
   * @param found what stands there
   */
  public ConfigException(String path, String expected, String found) {
    super(
        Visible.of(
            ends(path, PATH) + ": expected " + expected + ", got " + ends(found, FOUND) + "."));
  }

  /** A text without its middle, if it is long. */
  private static String ends(String text, int most) {
    int half = most / 2;
    return text.length() <= most
        ? text
        : text.substring(0, half) + "..." + text.substring(text.length() - half);
  }
}
