package kerava.graph;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import org.bytedeco.javacpp.Loader;
import org.jspecify.annotations.Nullable;

/**
 * One process at a time unpacks native libraries into JavaCPP's cache, and all others wait: JavaCPP
 * itself loads a library as soon as its file has the right size and date, whether or not those that
 * it needs are there.
 *
 * @see <a href="https://github.com/bytedeco/javacpp/issues/608">JavaCPP: a race in the cache</a>
 */
final class NativeUnpacking {
  private static final String LOCK = ".kerava.lock";
  private static final Duration PAUSE = Duration.ofMillis(20);

  /** Long for a slow disk; a process that was stopped meanwhile must not stop all others. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private NativeUnpacking() {}

  /** Loads while no other process does. Where there is no lock to be had, it does not wait. */
  static void alone(Runnable load) {
    Optional<FileChannel> lock = lock();
    try {
      load.run();
    } finally {
      lock.ifPresent(NativeUnpacking::close);
    }
  }

  private static Optional<FileChannel> lock() {
    try {
      FileChannel channel =
          FileChannel.open(
              Loader.getCacheDir().toPath().resolve(LOCK),
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE);
      wait(channel);
      return Optional.of(channel);
    } catch (IOException e) {
      // A cache that can only be read holds all it needs, or JavaCPP says what is wrong with it.
      return Optional.empty();
    }
  }

  private static void wait(FileChannel channel) throws IOException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!locked(channel) && System.nanoTime() < end) {
      try {
        Thread.sleep(PAUSE.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private static boolean locked(FileChannel channel) throws IOException {
    try {
      @Nullable FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  private static void close(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      return; // The lock ends with the process at the latest.
    }
  }
}
