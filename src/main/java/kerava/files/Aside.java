package kerava.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** Writes a file beside its place and moves it there when it is complete. */
public final class Aside {
  private static final String DRAFT = ".part";

  /** Writes a whole file. */
  @FunctionalInterface
  public interface Writer {
    /** Writes it, under a name that is not its own yet. */
    void write(Path file) throws IOException;
  }

  private Aside() {}

  /**
   * Puts a file into place, or leaves what was there.
   *
   * @param file where; its folder is made if it is not there
   * @throws IOException if it cannot be written; the message names the file
   */
  public static void write(Path file, Writer writer) throws IOException {
    Path target = file.toAbsolutePath();
    Path folder = target.getParent();
    if (folder == null || Files.isDirectory(target)) {
      throw new IOException(file + ": expected the name of a file, got a folder.");
    }
    Path draft = sibling(target);
    try {
      Files.createDirectories(folder);
      writer.write(draft);
      force(draft);
      Files.move(
          draft, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw WriteException.of(file + ": expected to write it", file, e);
    } finally {
      // Where no draft could be made, deleting would fail as well, with less to say.
      if (Files.exists(draft)) {
        Files.delete(draft);
      }
    }
  }

  /**
   * Removes what a process left behind that was killed while it wrote a file; nothing may be
   * writing it now.
   */
  public static void removeDrafts(Path file) throws IOException {
    Path target = file.toAbsolutePath();
    Path folder = target.getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      return;
    }
    String start = "." + target.getFileName() + ".";
    try (DirectoryStream<Path> drafts =
        Files.newDirectoryStream(folder, draft -> isDraft(draft, start))) {
      for (Path draft : drafts) {
        Files.deleteIfExists(draft);
      }
    }
  }

  private static boolean isDraft(Path file, String start) {
    String name = String.valueOf(file.getFileName());
    return name.startsWith(start) && name.endsWith(DRAFT);
  }

  /** A name for a file that lives only while another one is written. */
  public static Path sibling(Path target) {
    return target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + DRAFT);
  }

  private static void force(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }
}
