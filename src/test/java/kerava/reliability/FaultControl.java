package kerava.reliability;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;

/** Says to the preloaded library, {@code tools/reliability/fault.c}, what is to go wrong. */
final class FaultControl {
  /** As in {@code enum mode}, with its numbers. */
  enum Mode {
    FAIL(0),
    FULL(1),
    SHORT(2),
    SHORT_FAIL(3),
    DEAD(4),
    KILL(5),
    DELAY(6);

    private final int number;

    Mode(int number) {
      this.number = number;
    }
  }

  private static final int ARMED = 0;
  private static final int TARGET = 4;
  private static final int MODE = 8;
  private static final int ERROR = 12;
  private static final int COUNT = 16;
  private static final int FIRED = 20;
  private static final int WHAT = 24;
  private static final int SIZE = 280;

  private final MappedByteBuffer memory;

  FaultControl(Path file) throws IOException {
    if (!Files.exists(file)) {
      Files.write(file, new byte[SIZE]);
    }
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      memory = channel.map(FileChannel.MapMode.READ_WRITE, 0, SIZE);
    }
    memory.order(ByteOrder.nativeOrder());
  }

  /** The variables of a process that is to be interfered with below a folder. */
  static Map<String, String> environment(Path library, Path control, Path folder) {
    return Map.of(
        "LD_PRELOAD", library.toString(),
        "FAULT_CONTROL", control.toString(),
        "FAULT_FOLDER", folder.toString());
  }

  /** Whether the library can be built here. */
  static boolean available() {
    return Machine.isLinux()
        && List.of(System.getenv().getOrDefault("PATH", "").split(":", -1)).stream()
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "gcc")));
  }

  /** Builds the library. */
  static Path build(Path folder) throws IOException, InterruptedException {
    Path library = folder.resolve("fault.so");
    Path source = Path.of("tools", "reliability", "fault.c");
    int code =
        new ProcessBuilder(
                "gcc",
                "-O2",
                "-Wall",
                "-Wextra",
                "-Werror",
                "-shared",
                "-fPIC",
                "-o",
                library.toString(),
                source.toString(),
                "-ldl")
            .inheritIO()
            .start()
            .waitFor();
    if (code != 0) {
      throw new IOException(source + ": expected gcc to build it, got " + code + ".");
    }
    return library;
  }

  /** From now on, operations are counted, and the one of a number goes wrong. */
  void arm(int target, Mode mode, int error) {
    memory.putInt(TARGET, target);
    memory.putInt(MODE, mode.number);
    memory.putInt(ERROR, error);
    memory.putInt(COUNT, 0);
    memory.putInt(FIRED, 0);
    memory.put(WHAT, (byte) 0);
    memory.putInt(ARMED, 1);
  }

  /** From now on, all is well; how many operations there were. */
  int disarm() {
    memory.putInt(ARMED, 0);
    return memory.getInt(COUNT);
  }

  boolean fired() {
    return memory.getInt(FIRED) > 0;
  }

  /** Which operation went wrong, and where below the folder. */
  String what() {
    byte[] text = new byte[SIZE - WHAT];
    memory.get(WHAT, text);
    int end = 0;
    while (end < text.length && text[end] != 0) {
      end++;
    }
    return new String(text, 0, end, StandardCharsets.UTF_8);
  }
}
