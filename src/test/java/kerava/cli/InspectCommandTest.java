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
  void namesSeveralInputsAndOutputs() {
    assertTrue(
        lines("two_inputs/m.keras")
            .containsAll(
                List.of(
                    "  in   num: float32 [-1, 4]",
                    "  in   cat: float32 [-1, 3]",
                    "  out  output_0: float32 [-1, 1]")));
    assertTrue(
        lines("two_outputs_dict/m.h5")
            .containsAll(
                List.of(
                    "  in   input_layer_9: float32 [-1, 6, 6, 2]",
                    "  out  box: float32 [-1, 4]",
                    "  out  label: float32 [-1, 5]")));
    assertTrue(lines("own_3.8.0.keras").stream().noneMatch(line -> line.startsWith("  in ")));
    List<String> types = lines("tf_types");
    assertTrue(
        types.containsAll(
            List.of(
                "Signature: all",
                "  in   truth: bool [-1]",
                "  out  byte: uint8 [-1]",
                "Signature: scalar",
                "  out  square: float32 []",
                "  out  text: string [-1, 1]")),
        types.toString());
  }

  @Test
  void listsWeightsAlone() {
    List<String> new3 = lines("two_outputs_dict/m.weights.h5");
    assertEquals("Weights alone, in the format of Keras 3 (.weights.h5).", new3.get(1));
    assertEquals(
        List.of("layers/dense/vars/0", "(box)", "float32", "[3,", "4]", "12"),
        List.of(new3.get(7).split(" +")));
    assertEquals("Parameters: 93 in 6 arrays", new3.get(new3.size() - 2));
    assertEquals("Of an optimizer and metrics: 188 in 14 arrays", new3.get(new3.size() - 1));
    List<String> old = lines("keras2_nested_weights.h5");
    assertEquals("Weights alone, in the old format (.h5), written by Keras 2.21.0.", old.get(1));
    assertTrue(
        old.stream()
            .anyMatch(line -> line.matches("tower/conv2d/kernel:0 +float32 +\\[3, 3, 3, 6] +162")));
    assertEquals("Parameters: 245 in 10 arrays", old.get(old.size() - 1));
    assertTrue(lines("keras2_seed.weights.h5").contains("Parameters: 122,570 in 10 arrays"));
    assertTrue(lines("keras3_seed.h5").stream().noneMatch(line -> line.startsWith("Weights")));
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
