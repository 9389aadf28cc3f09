package kerava.files;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/** Folders that are written into. */
public final class Folders {
  private Folders() {}

  /**
   * Makes a folder and those above it where they are not there, and flushes their names.
   *
   * @throws IOException if it cannot be made
   */
  public static void make(Path folder) throws IOException {
    Path whole = folder.toAbsolutePath().normalize();
    Deque<Path> missing = new ArrayDeque<>();
    for (Path up = whole; up != null && !Files.exists(up); up = up.getParent()) {
      missing.push(up);
    }
    Files.createDirectories(folder);
    for (Path made : missing) {
      Fsync.of(made.resolveSibling(""));
    }
  }

  /**
   * Makes a folder if it is not there, and sees that files can be written into it.
   *
   * @param who names itself in the message: {@code TensorBoard}
   * @throws WriteException if it cannot be made or written into
   */
  public static void prepare(String who, Path folder) throws IOException {
    try (Draft draft = Draft.in(folder)) {
      Files.createFile(draft.path());
    } catch (IOException e) {
      throw WriteException.of(who + ": expected a folder to write in " + folder, folder, e);
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
      removeEmpty(folder);
    }
  }

  /** Removes a folder, unless somebody has begun to use it. */
  static void removeEmpty(Path folder) throws IOException {
    try {
      Files.deleteIfExists(folder);
    } catch (DirectoryNotEmptyException e) {
      return;
    }
  }
}
