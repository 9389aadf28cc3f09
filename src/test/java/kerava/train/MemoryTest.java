package kerava.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import kerava.Input;
import kerava.Sequential;
import kerava.data.Dataset;
import kerava.graph.Array;
import kerava.layers.Dense;
import kerava.losses.SparseCategoricalCrossentropy;
import kerava.optimizers.Adam;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Training, evaluation and prediction leave no native memory behind. */
final class MemoryTest {
  private static final int BATCH = 64;
  private static final int WIDTH = 1024;
  private static final int STEPS = 1000;

  /** In a process of its own, whose Java heap is touched at the start and does not grow. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void residentSizeStaysFlat() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms192m",
                "-Xmx192m",
                "-XX:+AlwaysPreTouch",
                "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0",
                "-cp",
                System.getProperty("java.class.path"),
                MemoryTest.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
    List<Long> kilobytes = output.lines().map(Long::parseLong).toList();
    long grown = kilobytes.get(kilobytes.size() - 1) - kilobytes.get(0);
    // One input batch a step, never freed, would make it 750 MB.
    assertTrue(grown < 40_000, "grown by " + grown + " kB: " + kilobytes);
  }

  /** Prints the resident size, in kilobytes, after each run of steps. */
  public static void main(String[] arguments) throws IOException {
    Dataset data =
        Dataset.of(
            Array.of(new float[BATCH * WIDTH], BATCH, WIDTH), Array.of(new int[BATCH], BATCH));
    List<Long> sizes = new ArrayList<>();
    try (Trainer trainer =
        Trainer.compile(
            Sequential.of(Input.of(WIDTH), Dense.of(2)),
            Adam.of(),
            SparseCategoricalCrossentropy.of().fromLogits(true))) {
      for (int run = 0; run < 4; run++) {
        trainer.fit(data, Fit.epochs(STEPS).batchSize(BATCH).validation(data));
        trainer.predict(data);
        trainer.state();
        sizes.add(residentKilobytes());
      }
    }
    sizes.forEach(System.out::println);
  }

  private static long residentKilobytes() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }
}
