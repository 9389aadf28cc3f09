package kerava.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A file that one process at a time holds a lock on. The operating system takes the lock away when
 * the process ends, however it ends, so that a file without a lock is proof that its process is
 * gone; that holds between containers, too, which know nothing of each other's processes.
 *
 * <p>Where a file system has no locks, everybody gets one, and nothing is ever proved.
 */
public final class LockFile implements AutoCloseable {
  /**
   * Closing any channel of a file ends all locks that a process has on it, so that a file that this
   * process holds must never be opened a second time.
   */
  private static final Map<Path, LockFile> HELD = new HashMap<>();

  /** Behind all text: Windows lets nobody read what is locked. */
  private static final long LOCKED = 1L << 40;

  private static final OpenOption[] HOW = {StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS};

  private final Path file;
  private final Optional<FileChannel> channel;

  private LockFile(Path file, Optional<FileChannel> channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Takes the lock, and makes the file if it is not there.
   *
   * @param file in a folder that is there
   * @return empty if somebody holds it: another process, or another part of this one
   * @throws IOException if the file can neither be made nor opened
   */
  public static Optional<LockFile> take(Path file) throws IOException {
    return take(file, true);
  }

  /**
   * Takes the lock of a file that is there, where its process is gone.
   *
   * @return empty if that is not proved
   * @throws IOException if the file cannot be opened
   */
  public static Optional<LockFile> abandoned(Path file) throws IOException {
    return take(file, false);
  }

  private static Optional<LockFile> take(Path file, boolean make) throws IOException {
    Path path = real(file);
    synchronized (HELD) {
      while (!HELD.containsKey(path)) {
        Optional<Object> before = identity(path);
        if (before.isEmpty()) {
          if (!make) {
            return Optional.empty();
          }
          create(path);
          continue;
        }
        Optional<FileChannel> open = open(path);
        if (open.isPresent()) {
          Attempt attempt = attempt(path, open.get(), before);
          if (attempt == Attempt.HELD) {
            LockFile held = new LockFile(path, open);
            HELD.put(path, held);
            return Optional.of(held);
          }
          open.get().close();
          if (attempt == Attempt.NO_LOCKS && make) {
            Files.deleteIfExists(path);
            return Optional.of(new LockFile(path, Optional.empty()));
          }
          if (attempt != Attempt.OUTDATED) {
            return Optional.empty();
          }
        }
      }
      return Optional.empty();
    }
  }

  /** What became of an attempt: the file may have been removed while it was opened. */
  private enum Attempt {
    HELD,
    BUSY,
    OUTDATED,
    NO_LOCKS
  }

  private static Attempt attempt(Path path, FileChannel channel, Optional<Object> before)
      throws IOException {
    try {
      @Nullable FileLock lock = channel.tryLock(LOCKED, 1, false);
      if (lock == null) {
        return Attempt.BUSY;
      }
    } catch (OverlappingFileLockException e) {
      return Attempt.BUSY;
    } catch (IOException e) {
      return Attempt.NO_LOCKS;
    }
    return identity(path).equals(before) ? Attempt.HELD : Attempt.OUTDATED;
  }

  private static Path real(Path file) throws IOException {
    Path path = file.toAbsolutePath();
    return path.resolveSibling("").toRealPath().resolve(String.valueOf(path.getFileName()));
  }

  private static void create(Path path) throws IOException {
    try {
      Files.createFile(path);
    } catch (FileAlreadyExistsException e) {
      return; // Another process was faster.
    }
  }

  private static Optional<FileChannel> open(Path path) throws IOException {
    try {
      return Optional.of(FileChannel.open(path, HOW));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** What tells the file from another one under its name, where the system has such a thing. */
  private static Optional<Object> identity(Path path) throws IOException {
    try {
      BasicFileAttributes found =
          Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return Optional.of(found.fileKey() == null ? "" : found.fileKey());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** Where it is. */
  public Path file() {
    return file;
  }

  /** Says something to those who find it held. */
  void say(String text) throws IOException {
    if (channel.isPresent()) {
      channel.get().write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), 0);
    }
  }

  /** Ends the lock, and leaves the file where it is. */
  void release() throws IOException {
    synchronized (HELD) {
      if (channel.isPresent()) {
        HELD.remove(file, this);
        channel.get().close();
      }
    }
  }

  /**
   * Removes the file and ends the lock.
   *
   * @throws IOException if the file cannot be removed; the lock has ended nevertheless
   */
  @Override
  public void close() throws IOException {
    synchronized (HELD) {
      if (channel.isPresent() && channel.get().isOpen()) {
        try {
          Files.deleteIfExists(file);
        } finally {
          release();
        }
      }
    }
  }
}
