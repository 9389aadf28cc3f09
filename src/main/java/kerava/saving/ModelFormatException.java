package kerava.saving;

import java.io.IOException;
import java.nio.file.Path;
import kerava.config.Visible;

/** A model file that cannot be read: it says which file, where, what was expected, what stood. */
public final class ModelFormatException extends IOException {
  private static final long serialVersionUID = 1;

  /**
   * A refusal.
   *
   * @param file the file
   * @param detail where in the file, what was expected, what was found
   */
  public ModelFormatException(Path file, String detail) {
    super(Visible.of(name(file) + ": " + detail));
  }

  /**
   * A refusal that follows from another exception.
   *
   * @param file the file
   * @param detail where in the file, what was expected, what was found
   * @param cause what the file did to a library
   */
  public ModelFormatException(Path file, String detail, Throwable cause) {
    super(Visible.of(name(file) + ": " + detail), cause);
  }

  /**
   * A refusal of a file.
   *
   * @param where the file, and the place in it
   * @param expected what should stand there
   * @param found what stands there
   */
  public ModelFormatException(String where, String expected, String found) {
    super(Visible.of(where + ": expected " + expected + ", got " + found + "."));
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
    super(Visible.of(where + ": expected " + expected + ", got " + found + ". " + hint));
  }

  private static String name(Path file) {
    Path name = file.getFileName();
    return name == null ? file.toString() : name.toString();
  }
}
