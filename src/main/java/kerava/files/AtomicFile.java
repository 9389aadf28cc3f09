package kerava.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes a file beside its place and moves it there when it is complete and on the disk. */
public final class AtomicFile {
  /** Writes a whole file. */
  @FunctionalInterface
  public interface Writer {
    /** Writes it, under a name that is not its own yet. */
    void write(Path file) throws IOException;
  }

  /** Writes a whole file with the help of others. */
  @FunctionalInterface
  public interface DraftWriter {
    /** Writes it at {@link Draft#path}; all else of the draft is removed. */
    void write(Draft draft) throws IOException;
  }

  private AtomicFile() {}

  /**
   * Puts a file into place, or leaves what was there. When this returns, the file and its name are
   * on the disk.
   *
   * @param file where; its folder is made if it is not there
   * @throws WriteException if it cannot be written; the message names the file
   * @throws IOException if there is a folder in its place
   */
  public static void write(Path file, Writer writer) throws IOException {
    writeDraft(file, draft -> writer.write(draft.path()));
  }

  /**
   * Does the same where other files are needed meanwhile.
   *
   * @param file where; its folder is made if it is not there
   * @throws WriteException if it cannot be written; the message names the file
   * @throws IOException if there is a folder in its place
   */
  public static void writeDraft(Path file, DraftWriter writer) throws IOException {
    Path target = file.toAbsolutePath();
    Path folder = target.getParent();
    if (folder == null || Files.isDirectory(target)) {
      throw new IOException(file + ": expected the name of a file, got a folder.");
    }
    // The draft is gone by the time that the room on the disk is told.
    try (Draft draft = Draft.in(folder)) {
      writer.write(draft);
      Fsync.of(draft.path());
      draft.moveTo(target);
    } catch (IOException e) {
      throw WriteException.of(file + ": expected to write it", file, e);
    }
  }
}
