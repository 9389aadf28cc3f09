package kerava.saving.format;

import java.nio.file.Path;
import kerava.files.ModelFormatException;

/**
 * Paths below which TensorFlow does not find its own variables: it looks for them with a pattern in
 * which brackets and backslashes do not stand for themselves.
 */
public final class GlobPath {
  private GlobPath() {}

  /** Refuses such a path. */
  public static void refuse(Path path) throws ModelFormatException {
    for (Path name : path) {
      if (name.toString().contains("[") || name.toString().contains("\\")) {
        throw new ModelFormatException(
            path.toString(),
            "a path without [ and \\, which TensorFlow takes for a pattern",
            "\"" + name + "\"",
            "Choose another name.");
      }
    }
  }
}
