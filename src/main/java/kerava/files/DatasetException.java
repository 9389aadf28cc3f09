package kerava.files;

import java.io.IOException;
import java.nio.file.Path;
import kerava.config.Visible;
import org.jspecify.annotations.Nullable;

/** A data file is missing, damaged or not what its name promises; the message names it. */
public final class DatasetException extends IOException {
  private static final long serialVersionUID = 1;

  private final String file;
  private final String where;
  private final String problem;

  /**
   * A problem with one file.
   *
   * @param file the file or folder; the message begins with its last name
   * @param problem what was expected and what was found: {@code expected <what>, got <value>.
   *     <hint>}
   */
  public DatasetException(Path file, String problem) {
    this(file, nameOf(file), problem, null);
  }

  /**
   * A problem with one file that another exception brought to light.
   *
   * @param file the file or folder; the message begins with its last name
   * @param problem what was expected and what was found
   * @param cause what brought it to light
   */
  public DatasetException(Path file, String problem, Throwable cause) {
    this(file, nameOf(file), problem, cause);
  }

  private DatasetException(Path file, String where, String problem, @Nullable Throwable cause) {
    super(Visible.of(where + ": " + problem), cause);
    this.file = file.toString();
    this.where = where;
    this.problem = problem;
  }

  /** The file or folder with its whole path. */
  public Path file() {
    return Path.of(file);
  }

  /** What the message calls the file. */
  public String where() {
    return where;
  }

  /** The same problem, with the file named by its path in a folder. */
  public DatasetException within(Path folder) {
    Path path = file();
    String inside = path.startsWith(folder) ? folder.relativize(path).toString() : where;
    return new DatasetException(path, inside, problem, this);
  }

  /** The same problem, with a sentence behind it. */
  public DatasetException withHint(String sentence) {
    return new DatasetException(file(), where, problem + " " + sentence, this);
  }

  private static String nameOf(Path file) {
    Path name = file.getFileName();
    return (name == null ? file : name).toString();
  }
}
