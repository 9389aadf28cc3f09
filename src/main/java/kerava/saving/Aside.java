package kerava.saving;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** Writes a file beside its place and moves it there when it is complete. */
final class Aside {
  /** Writes a whole file. */
  @FunctionalInterface
  interface Writer {
    void write(Path file) throws IOException;
  }

  private Aside() {}

  /** Puts a file into place, or leaves what was there. */
  static void write(Path file, Writer writer) throws IOException {
    Path target = file.toAbsolutePath();
    Path folder = target.getParent();
    if (folder == null || Files.isDirectory(target)) {
      throw new IOException(file + ": expected the name of a file, got a folder.");
    }
    Files.createDirectories(folder);
    Path draft = sibling(target);
    try {
      writer.write(draft);
      force(draft);
      Files.move(
          draft, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (FileSystemException e) {
      throw e;
    } catch (IOException e) {
      FileSystemException failure =
          new FileSystemException(
              file.toString(), null, "expected to write it, got: " + e.getMessage());
      failure.initCause(e);
      throw failure;
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  /** A name for a file that lives only while another one is written. */
  static Path sibling(Path target) {
    return target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ".part");
  }

  private static void force(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }
}
