package kerava.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import kerava.interop.KerasFixtures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of models that Python made. */
final class InspectCommandTest {
  @TempDir private Path folder;

  private static List<String> lines(String fixture) {
    Run run = Run.of("inspect", KerasFixtures.file(fixture));
    assertEquals(0, run.code(), run.err());
    return run.out().lines().takeWhile(line -> !line.startsWith("Model:")).toList();
  }

  @Test
  void saysInWhichNumberTypesLayersCompute() {
    List<String> lines = lines("mixed_bfloat16_t0.keras");
    assertTrue(
        lines.stream()
            .anyMatch(line -> line.matches("Policies: .*mixed_bfloat16 \\(\\d+ layers\\).*")),
        lines.toString());
    assertTrue(lines("own_3.8.0.keras").stream().noneMatch(line -> line.startsWith("Policies")));
  }

  @Test
  void writesRatesAsTheyWereGiven() {
    assertTrue(lines("mixed_bfloat16_t0.keras").contains("Optimizer: SGD, learning rate 0.05"));
    String schedule =
        lines("keras3_adamw_cosine_ema.keras").stream()
            .filter(line -> line.startsWith("Optimizer: "))
            .findFirst()
            .orElseThrow();
    assertTrue(
        schedule.startsWith(
            "Optimizer: AdamW, learning rate CosineDecay(initial_learning_rate=0.001,"),
        schedule);
  }

  @Test
  void leavesOutWhatThereIsNot() {
    assertTrue(
        lines("mixed_bfloat16_t0.keras").stream().noneMatch(line -> line.startsWith("Metrics")));
  }

  @Test
  void saysOnceThatThereIsNoFile() {
    for (String name : List.of("none.keras", "none.h5")) {
      Path file = folder.resolve(name);
      assertEquals(
          "kerava: " + file + ": expected a file, got none.\n", Run.of("inspect", file).err());
    }
  }
}
