package kerava.reliability;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The machine and the process that figures are of. */
final class Machine {
  private static final int PAGE_KILOBYTES = 4;
  private static final long ROOM = 1L << 30;

  private Machine() {}

  static boolean isLinux() {
    return System.getProperty("os.name", "").equals("Linux");
  }

  /**
   * A new folder, in memory where there is room: neither a fault nor a kill asks what the disk has.
   */
  static Path scratch(String name) throws IOException {
    Path memory = Path.of("/dev/shm");
    boolean roomy = Files.isWritable(memory) && Files.getFileStore(memory).getUsableSpace() > ROOM;
    return (roomy ? Files.createTempDirectory(memory, name) : Files.createTempDirectory(name))
        .toRealPath();
  }

  /** The machine in words, without its name. */
  static String words() {
    return "%s %s, %s, %d processors, Java %s"
        .formatted(
            System.getProperty("os.name"),
            System.getProperty("os.arch"),
            processor(),
            Runtime.getRuntime().availableProcessors(),
            System.getProperty("java.version"));
  }

  private static String processor() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("processor without a name");
    } catch (IOException e) {
      return "processor without a name";
    }
  }

  /** What this process has in memory, in kilobytes; 0 where the system does not say. */
  static long residentKilobytes() {
    try {
      String[] pages = Files.readString(Path.of("/proc/self/statm")).split(" ", -1);
      return Long.parseLong(pages[1]) * PAGE_KILOBYTES;
    } catch (IOException e) {
      return 0;
    }
  }

  /** How many entries a folder of this process' has: its descriptors, its threads. */
  static long entries(String folder) {
    try (Stream<Path> entries = Files.list(Path.of("/proc/self").resolve(folder))) {
      return entries.count();
    } catch (IOException e) {
      return 0;
    }
  }
}
