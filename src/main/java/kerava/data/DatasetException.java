package kerava.data;

import java.io.IOException;
import java.nio.file.Path;

/** A data file is missing, damaged or not what its name promises; the message names it. */
public final class DatasetException extends IOException {
  private static final long serialVersionUID = 1;

  private final String file;

  /**
   * A problem with one file.
   *
   * @param file the file or folder; the message begins with its last name
   * @param problem what was expected and what was found: {@code expected <what>, got <value>.
   *     <hint>}
   */
  public DatasetException(Path file, String problem) {
    super(nameOf(file) + ": " + problem);
    this.file = file.toString();
  }

  /**
   * A problem with one file that another exception brought to light.
   *
   * @param file the file or folder; the message begins with its last name
   * @param problem what was expected and what was found
   * @param cause what brought it to light
   */
  public DatasetException(Path file, String problem, Throwable cause) {
    super(nameOf(file) + ": " + problem, cause);
    this.file = file.toString();
  }

  /** The file or folder with its whole path. */
  public Path file() {
    return Path.of(file);
  }

  private static String nameOf(Path file) {
    Path name = file.getFileName();
    return (name == null ? file : name).toString();
  }
}
