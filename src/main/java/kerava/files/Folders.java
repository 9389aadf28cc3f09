package kerava.files;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Folders that are written into. */
public final class Folders {
  private static final int TRIES = 10;

  private Folders() {}

  /**
   * Makes a folder if it is not there, and sees that files can be written into it.
   *
   * @param who names itself in the message: {@code TensorBoard}
   * @throws WriteException if it cannot be made or written into
   */
  public static void prepare(String who, Path folder) throws IOException {
    try {
      for (int left = TRIES; !written(folder, left); left--) {
        Thread.onSpinWait();
      }
    } catch (IOException e) {
      throw WriteException.of(who + ": expected a folder to write in " + folder, folder, e);
    }
  }

  /** Whether a file could be written; not, if another process has just removed the folder. */
  private static boolean written(Path folder, int left) throws IOException {
    Files.createDirectories(folder);
    try {
      Files.deleteIfExists(Files.createTempFile(folder, ".kerava", ".try"));
      return true;
    } catch (NoSuchFileException e) {
      if (left <= 1) {
        throw e;
      }
      return false;
    }
  }

  /**
   * Makes sure that a folder can be written into, and leaves no folder behind that was not there.
   *
   * @param who names itself in the message
   * @throws WriteException if it cannot be made or written into
   */
  public static void probe(String who, Path folder) throws IOException {
    boolean existed = Files.exists(folder);
    prepare(who, folder);
    if (!existed) {
      try {
        Files.deleteIfExists(folder);
      } catch (DirectoryNotEmptyException e) {
        return; // Another process has begun to use it.
      }
    }
  }
}
