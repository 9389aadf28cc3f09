package kerava.cli.options;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Ends a child process that takes more than it may.
 *
 * @param memory in MiB, what of it lies in memory
 * @param seconds by the clock
 */
record ChildLimits(long memory, long seconds) {
  private static final Pattern RESIDENT = Pattern.compile("(?m)^VmRSS:\\s+(\\d+) kB$");
  private static final long LOOK_EACH = 20;
  private static final int KIB = 1024;

  /** How a child process ended. */
  enum Outcome {
    /** By itself, or by a signal. */
    ENDED,
    /** It used too much memory. */
    MEMORY,
    /** It took too long. */
    TIME
  }

  /** Waits until it has ended, or ends it. */
  Outcome await(Process child) throws IOException {
    long start = System.nanoTime();
    try {
      while (!child.waitFor(LOOK_EACH, TimeUnit.MILLISECONDS)) {
        if (resident(child) / KIB > memory) {
          return ended(child, Outcome.MEMORY);
        }
        if (System.nanoTime() - start > TimeUnit.SECONDS.toNanos(seconds)) {
          return ended(child, Outcome.TIME);
        }
      }
      return Outcome.ENDED;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (IOException)
          new InterruptedIOException(
                  "--isolate: expected to wait for the command, got an interruption.")
              .initCause(e);
    }
  }

  private static Outcome ended(Process child, Outcome why) throws InterruptedException {
    child.destroyForcibly().waitFor();
    return why;
  }

  /** In KiB; 0 where it has just ended. */
  private static long resident(Process child) throws IOException, InterruptedException {
    Path status = Path.of("/proc", String.valueOf(child.pid()), "status");
    if (Files.isDirectory(Path.of("/proc", "self"))) {
      try {
        Matcher matcher = RESIDENT.matcher(Files.readString(status, StandardCharsets.ISO_8859_1));
        return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
      } catch (IOException e) {
        return 0;
      }
    }
    Process ps = new ProcessBuilder("ps", "-o", "rss=", "-p", String.valueOf(child.pid())).start();
    String said = new String(ps.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    ps.waitFor();
    return said.matches("\\d{1,15}") ? Long.parseLong(said) : 0;
  }
}
