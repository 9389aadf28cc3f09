package kerava.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.commons.io.file.PathUtils;

/**
 * A file or folder under construction: under a hidden name in the folder that it is for, until it
 * is moved into its place. It is no temporary file, which lies elsewhere and can often not be moved
 * in one step; hence the name.
 *
 * <p>Its process holds the lock of a file beside it as long as it writes. If the process is killed,
 * the next one that writes into the folder takes that lock, which proves that nobody writes any
 * more, and removes what was left. Files of other users are left alone.
 */
public final class Draft implements AutoCloseable {
  private static final int TRIES = 10;
  private static final AtomicLong COUNT = new AtomicLong();

  private final Path folder;
  private final String name;
  private final LockFile lock;
  private final List<Path> paths = new ArrayList<>();

  private Draft(Path folder, String name, LockFile lock) {
    this.folder = folder;
    this.name = name;
    this.lock = lock;
    another();
  }

  /**
   * Begins a draft, and removes those that killed processes left in the folder.
   *
   * @param folder is made if it is not there
   * @throws IOException if it cannot be made or written into
   */
  public static Draft in(Path folder) throws IOException {
    Path whole = folder.toAbsolutePath();
    for (int left = TRIES; true; left--) {
      Folders.make(whole);
      String name = StaleDrafts.name(COUNT.incrementAndGet());
      Path file = whole.resolve(name + StaleDrafts.LOCK);
      try {
        Optional<LockFile> lock = LockFile.take(file);
        if (lock.isPresent()) {
          StaleDrafts.remove(whole, lock.get().file());
          return new Draft(whole, name, lock.get());
        }
      } catch (NoSuchFileException e) {
        if (left <= 1) {
          throw e; // Else another process has just removed the folder.
        }
      } catch (IOException e) {
        Files.deleteIfExists(file);
        throw e;
      }
    }
  }

  /** Begins a draft that stays one, in the folder for temporary files. */
  public static Draft temporary() throws IOException {
    return in(Path.of(System.getProperty("java.io.tmpdir")));
  }

  /** Where to write; there is nothing yet. */
  public Path path() {
    return paths.get(0);
  }

  /** One more place to write, for what helps with the first. */
  public Path another() {
    Path path = folder.resolve(name + "." + paths.size() + StaleDrafts.PART);
    paths.add(path);
    return path;
  }

  /**
   * Moves what was written and flushed into its place, in one step, and flushes the folder.
   *
   * @param target in the draft's folder; a file that is there is replaced
   * @throws IOException if it cannot be moved, or if a folder is there that holds something
   */
  public void moveTo(Path target) throws IOException {
    Files.move(path(), target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    Fsync.of(folder);
  }

  /** Keeps it for as long as this process lives. */
  public void keep() {
    // The last one named is deleted first.
    lock.file().toFile().deleteOnExit();
    paths.forEach(path -> path.toFile().deleteOnExit());
  }

  /** Leaves it to the next one who writes here. */
  void abandon() throws IOException {
    lock.release();
  }

  /**
   * Removes what was not moved.
   *
   * @throws IOException if that fails; a later process will do it
   */
  @Override
  public void close() throws IOException {
    try {
      for (Path path : paths) {
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
          PathUtils.delete(path);
        }
      }
    } catch (IOException e) {
      abandon();
      throw e;
    }
    try {
      lock.close();
    } catch (IOException e) {
      return; // What was to be written is: whoever writes next removes the file.
    }
  }
}
