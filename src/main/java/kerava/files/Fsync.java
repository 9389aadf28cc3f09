package kerava.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * Has the system put files and folders on the disk now, so that they outlast a power failure:
 * fsync.
 */
public final class Fsync {
  private static final boolean WINDOWS = System.getProperty("os.name", "").startsWith("Windows");

  private Fsync() {}

  /**
   * Flushes a file's bytes, or a folder's names.
   *
   * @throws IOException if it fails: what was written may not be on the disk
   */
  public static void of(Path path) throws IOException {
    boolean folder = Files.isDirectory(path);
    if (folder && WINDOWS) {
      return; // Windows opens no folder as a file, and needs no flush of one.
    }
    StandardOpenOption how = folder ? StandardOpenOption.READ : StandardOpenOption.WRITE;
    try (FileChannel channel = FileChannel.open(path, how)) {
      channel.force(true);
    }
  }

  /**
   * Flushes a file, or a folder with all that is in it.
   *
   * @throws IOException if it fails
   */
  public static void all(Path path) throws IOException {
    for (Path each : tree(path)) {
      of(each);
    }
  }

  /** A file, or a folder with all that is in it. */
  public static List<Path> tree(Path path) throws IOException {
    try (Stream<Path> tree = Files.walk(path)) {
      return tree.toList();
    }
  }
}
