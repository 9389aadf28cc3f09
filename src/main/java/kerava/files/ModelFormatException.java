package kerava.files;

import java.io.IOException;
import java.nio.file.Path;
import kerava.config.Visible;

/** A model file that cannot be read: it says which file, where, what was expected, what stood. */
public final class ModelFormatException extends IOException {
  private static final long serialVersionUID = 1;

  private static final int LONGEST = 700;
  private static final int END = 200;

  /**
   * A refusal.
   *
   * @param file the file
   * @param detail where in the file, what was expected, what was found
   */
  public ModelFormatException(Path file, String detail) {
    super(name(file) + ": " + Visible.of(shortened(detail)));
  }

  /**
   * A refusal that follows from another exception.
   *
   * @param file the file
   * @param detail where in the file, what was expected, what was found
   * @param cause what the file did to a library
   */
  public ModelFormatException(Path file, String detail, Throwable cause) {
    super(name(file) + ": " + Visible.of(shortened(detail)), cause);
  }

  /**
   * A refusal of a file.
   *
   * @param where the file, and the place in it
   * @param expected what should stand there
   * @param found what stands there
   */
  public ModelFormatException(String where, String expected, String found) {
    super(Visible.of(shortened(where + ": expected " + expected + ", got " + found + ".")));
  }

  /**
   * A refusal of a file, with advice.
   *
   * @param where the file, and the place in it
   * @param expected what should stand there
   * @param found what stands there
   * @param hint a question or advice, a sentence
   */
  public ModelFormatException(String where, String expected, String found, String hint) {
    super(Visible.of(shortened(where + ": expected " + expected + ", got " + found + ". " + hint)));
  }

  /** A sentence without its middle, where a file's own texts make it very long. */
  private static String shortened(String sentence) {
    return sentence.length() <= LONGEST
        ? sentence
        : sentence.substring(0, LONGEST - END)
            + "..."
            + sentence.substring(sentence.length() - END);
  }

  private static String name(Path file) {
    Path name = file.getFileName();
    return name == null ? file.toString() : name.toString();
  }
}
