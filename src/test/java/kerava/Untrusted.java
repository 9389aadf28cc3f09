package kerava;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/** What reading any file may cost, and how it may end. */
public final class Untrusted {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static final long MOST_NANOS = 10_000_000_000L;

  private Untrusted() {}

  /**
   * Reads a file: it is read or refused by a sentence, within 10 s of CPU, and all allocations
   * together are at most 16 times the file and 64 MB.
   *
   * @return the sentence; empty if it is read
   */
  public static String read(Path file, Callable<?> reader) throws Exception {
    long allocated = THREADS.getCurrentThreadAllocatedBytes();
    long nanos = THREADS.getCurrentThreadCpuTime();
    String sentence = "";
    try {
      reader.call();
    } catch (IOException e) {
      sentence = String.valueOf(e.getMessage());
      assertTrue(sentence.contains("expected") && sentence.contains("got"), sentence);
      assertFalse(sentence.contains("Exception") || sentence.contains("java."), sentence);
      assertTrue(sentence.length() < 800, sentence);
    }
    allocated = THREADS.getCurrentThreadAllocatedBytes() - allocated;
    nanos = THREADS.getCurrentThreadCpuTime() - nanos;
    long most = 16 * Files.size(file) + (64L << 20);
    assertTrue(allocated <= most, allocated + " bytes, at most " + most + ": " + sentence);
    assertTrue(nanos <= MOST_NANOS, nanos / 1e9 + " s");
    return sentence;
  }

  /** The same, where it must be refused by a sentence with some words. */
  public static void refuse(String words, Path file, Callable<?> reader) throws Exception {
    String sentence = read(file, reader);
    assertTrue(sentence.contains(words), sentence);
  }
}
