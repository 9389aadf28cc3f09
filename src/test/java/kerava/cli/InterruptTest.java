package kerava.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import kerava.saving.KerasArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-C while training keeps the work so far, in a process of its own. */
@DisabledOnOs(OS.WINDOWS)
class InterruptTest {
  private static final int INTERRUPTED = 128 + 2;

  @TempDir private Path folder;

  @Test
  @Timeout(300)
  void ctrlCSavesTheWorkSoFarAndSaysSo() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0",
                "-cp",
                System.getProperty("java.class.path"),
                "kerava.cli.Main",
                "train",
                "--dataset",
                "shapes",
                "--limit",
                "256",
                "--epochs",
                "100000",
                "--out",
                folder.toString())
            .redirectErrorStream(true)
            .start();
    List<String> lines = new ArrayList<>();
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        lines.add(line);
        if (line.startsWith("Epoch 2/")) {
          interrupt(process);
        }
      }
    }
    assertEquals(INTERRUPTED, process.waitFor(), lines.toString());
    assertTrue(
        lines.stream().anyMatch(line -> line.startsWith("Stopped early: interrupted in epoch")),
        lines.toString());
    assertTrue(
        lines.stream().anyMatch(line -> line.startsWith("Test accuracy: ")), lines.toString());
    Path archive = folder.resolve("shapes_cnn.keras");
    assertTrue(KerasArchive.read(archive).optimizer().orElseThrow().iterations() >= 16);
    assertTrue(Files.isRegularFile(folder.resolve("shapes_cnn.report/report.html")));
  }

  /** A process that was started with SIGINT ignored, as by nohup, hears nothing: it is killed. */
  private static void interrupt(Process process) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-INT", String.valueOf(process.pid())).start().waitFor();
    CompletableFuture.delayedExecutor(60, TimeUnit.SECONDS).execute(process::destroyForcibly);
  }
}
