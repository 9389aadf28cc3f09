package kerava.cli.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

@DisabledOnOs(OS.WINDOWS)
final class NativeMessagesTest {
  /** Writes to both, as a program with native code does. */
  static final class Program {
    public static void main(String[] args) throws IOException {
      NativeMessages.silence();
      try (OutputStream descriptor = new FileOutputStream("/dev/fd/2", true)) {
        descriptor.write("from native code\n".getBytes(UTF_8));
      }
      System.err.println("from Java");
    }
  }

  @Test
  void silencesNativeCodeOnly() throws Exception {
    assertEquals("from Java\n", run("-Dkerava.stderr=3"));
  }

  @Test
  void leavesAllAsItIsWithoutTheLauncher() throws Exception {
    assertEquals("from native code\nfrom Java\n", run("-Dunrelated=3"));
  }

  private static String run(String option) throws Exception {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Process process =
        new ProcessBuilder(
                List.of(
                    "bash",
                    "-c",
                    "exec \"$@\" 3>&2",
                    "bash",
                    java.toString(),
                    "--add-opens=java.base/java.io=ALL-UNNAMED",
                    option,
                    "-cp",
                    System.getProperty("java.class.path"),
                    Program.class.getName()))
            .start();
    String err = new String(process.getErrorStream().readAllBytes(), UTF_8);
    assertEquals(0, process.waitFor(), err);
    return err;
  }
}
