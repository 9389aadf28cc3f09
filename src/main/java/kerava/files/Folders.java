package kerava.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Folders that are written into. */
public final class Folders {
  private Folders() {}

  /**
   * Makes a folder if it is not there, and sees that files can be written into it.
   *
   * @param who names itself in the message: {@code TensorBoard}
   * @throws WriteException if it cannot be made or written into
   */
  public static void prepare(String who, Path folder) throws IOException {
    try {
      Files.createDirectories(folder);
      Files.delete(Files.createTempFile(folder, ".kerava", ".try"));
    } catch (IOException e) {
      throw WriteException.of(who + ": expected a folder to write in " + folder, folder, e);
    }
  }
}
