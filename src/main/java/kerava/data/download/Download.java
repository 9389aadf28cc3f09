package kerava.data.download;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Set;
import kerava.files.DatasetException;
import kerava.files.Fsync;

/**
 * A file fetched over HTTPS, checked, and moved into place.
 *
 * <p>The bytes gather in a sibling {@code <name>.part}. A broken connection is taken up again where
 * it broke, in this run or in a later one, which is why they have a name that a later one finds; a
 * file that proves to be a wrong one is removed. Nobody but the server can see or change what
 * comes: plain HTTP is allowed within this machine only.
 *
 * @param from what to fetch
 * @param sums what its publisher states
 * @param retries how long to wait and how often to try
 * @param progress hears how it goes on
 */
public record Download(URI from, FileDigests sums, RetryPolicy retries, Progress progress) {
  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "[::1]", "localhost");

  /**
   * How long to wait and how often to try.
   *
   * @param attempts how many connections in a row may bring nothing
   * @param pause before the second attempt; it doubles from one to the next
   * @param timeout for a connection to come about, and for more bytes to arrive
   */
  public record RetryPolicy(int attempts, Duration pause, Duration timeout) {
    /** Five attempts, from a second on, of 20 seconds each. */
    public static RetryPolicy standard() {
      return new RetryPolicy(5, Duration.ofSeconds(1), Duration.ofSeconds(20));
    }
  }

  /** Hears how a download goes on, from whichever thread the bytes arrive on. */
  @FunctionalInterface
  public interface Progress {
    /**
     * Some more bytes have arrived.
     *
     * @param from what is being downloaded
     * @param bytes how many bytes are here by now, those of an earlier attempt included
     * @param total how many there will be, or -1 if the server does not say
     */
    void received(URI from, long bytes, long total);
  }

  /**
   * Fetches the file.
   *
   * @throws ConnectException if the server cannot be reached at all
   * @throws HttpConnectTimeoutException if it does not answer at all
   * @throws DatasetException if the file is not to be had, or is a wrong one
   */
  public void to(Path target) throws IOException {
    if (!allows(from)) {
      throw new DatasetException(target, "expected an address of HTTPS, got " + from + ".");
    }
    Path part = target.resolveSibling(target.getFileName() + ".part");
    boolean ours = false;
    try {
      try (FileChannel file = open(part, target);
          FileLock lock = lock(file, target)) {
        ours = lock.isValid();
        boolean resumed = file.size() > 0;
        fetch(file, target);
        if (resumed && !sums.equals(FileDigests.of(file))) {
          // What was there may have been part of another version: once more, from the start.
          file.truncate(0);
          fetch(file, target);
        }
        check(file, target);
        file.force(true);
        // Under the lock, so that nobody goes on with a file that is whole.
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        Fsync.of(target.toAbsolutePath().resolveSibling(""));
      }
    } finally {
      if (ours && Files.exists(part) && Files.size(part) == 0) {
        Files.deleteIfExists(part);
      }
    }
  }

  private static FileChannel open(Path part, Path target) throws DatasetException {
    try {
      Files.createDirectories(part.toAbsolutePath().getParent());
      return FileChannel.open(
          part, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new DatasetException(target, "expected to write to " + part + ", got: " + e + ".", e);
    }
  }

  private static FileLock lock(FileChannel file, Path target) throws IOException {
    FileLock lock = null;
    try {
      lock = file.tryLock();
    } catch (OverlappingFileLockException e) {
      // Held by another thread of this process: the same as if another process held it.
    }
    if (lock == null) {
      throw new DatasetException(
          target, "expected to be alone, got another download of it. Wait until that one is done.");
    }
    return lock;
  }

  private void fetch(FileChannel file, Path target) throws IOException {
    HttpClient client =
        HttpClient.newBuilder()
            .connectTimeout(retries.timeout)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    int idle = 0;
    while (true) {
      long before = file.size();
      try {
        new DownloadAttempt(this, file, target).run(client);
        return;
      } catch (DatasetException e) {
        file.truncate(0);
        throw e;
      } catch (ConnectException | HttpConnectTimeoutException e) {
        if (before == 0) {
          // No network, most likely: waiting longer would only delay the news.
          throw e;
        }
        idle = orGiveUp(idle + 1, before, target, e);
      } catch (IOException e) {
        idle = orGiveUp(file.size() > before ? 1 : idle + 1, file.size(), target, e);
      }
      pause(idle);
    }
  }

  private int orGiveUp(int idle, long bytes, Path target, IOException e) throws DatasetException {
    if (idle >= retries.attempts) {
      throw new DatasetException(
          target,
          "expected the whole of %s, got %d bytes and then %s. Try again later to go on from there."
              .formatted(from, bytes, e.getMessage()),
          e);
    }
    return idle;
  }

  private void pause(int idle) throws InterruptedIOException {
    try {
      Thread.sleep(retries.pause.toMillis() << (idle - 1));
    } catch (InterruptedException e) {
      throw DownloadAttempt.interrupted(e);
    }
  }

  private void check(FileChannel file, Path target) throws IOException {
    FileDigests got = FileDigests.of(file);
    if (!got.equals(sums)) {
      file.truncate(0);
      throw new DatasetException(
          target,
          "expected %s from %s. Does a proxy or a login page answer in its place?"
              .formatted(sums.difference(got), from));
    }
  }

  /** Whether what is fetched may come from there, be it at once or behind a redirection. */
  boolean allows(URI place) {
    return "https".equalsIgnoreCase(place.getScheme()) || (isWithin(from) && isWithin(place));
  }

  private static boolean isWithin(URI place) {
    return "http".equalsIgnoreCase(place.getScheme())
        && LOOPBACK.contains(String.valueOf(place.getHost()));
  }
}
