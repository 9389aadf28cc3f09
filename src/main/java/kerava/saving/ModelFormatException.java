package kerava.saving;

import java.io.IOException;

/** A file that is not what a model's file should be. */
public final class ModelFormatException extends IOException {
  private static final long serialVersionUID = 1;

  /**
   * A refusal of a file.
   *
   * @param where the file, and the place in it
   * @param expected what should stand there
   * @param found what stands there
   */
  public ModelFormatException(String where, String expected, String found) {
    super(where + ": expected " + expected + ", got " + found + ".");
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
    super(where + ": expected " + expected + ", got " + found + ". " + hint);
  }
}
