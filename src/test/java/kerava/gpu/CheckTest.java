package kerava.gpu;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kerava.CompileSettings;
import kerava.Input;
import kerava.Model;
import kerava.OptimizerState;
import kerava.Sequential;
import kerava.StoredModel;
import kerava.graph.Array;
import kerava.graph.Weights;
import kerava.layers.Dense;
import kerava.layers.Flatten;
import kerava.losses.MeanSquaredError;
import kerava.optimizers.Adam;
import kerava.saving.KerasArchive;
import kerava.train.Trainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CheckTest {
  /** What a check printed, and its exit code. */
  private record Answer(int code, String out) {}

  private static Answer check(Path folder, String... more) throws Exception {
    List<String> words =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
    words.addAll(List.of("-cp", System.getProperty("java.class.path"), Check.class.getName()));
    words.addAll(List.of("--dry-run", "--out", folder.toString()));
    words.addAll(List.of(more));
    ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
    builder.environment().remove("KERAVA_CIFAR10");
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Answer(process.waitFor(), out);
  }

  @Test
  void dryRunTrainsComparesAndSaysThatItIsOne(@TempDir Path folder) throws Exception {
    Answer answer = check(folder, "--only", "doctor,seed,batch512,exports");
    assertEquals(0, answer.code(), answer.out());
    assertTrue(answer.out().contains("DRY RUN on the CPU"), answer.out());
    assertTrue(answer.out().contains("built-in shapes"), answer.out());
    JsonNode root = new ObjectMapper().readTree(Files.readString(folder.resolve("check.json")));
    assertTrue(root.get("dry_run").asBoolean());
    List<String> stages = new ArrayList<>();
    root.get("stages").forEach(stage -> stages.add(stage.get("stage").asText()));
    assertEquals(List.of("batch512", "doctor", "exports", "seed"), stages);
    assertEquals(4, root.at("/stages/2/figures").size(), root.toString());
  }

  @Test
  void endsWithOneWhereAStageFails(@TempDir Path folder) throws Exception {
    // A report without a model beside it: the exports have nothing to predict with.
    for (String name : List.of("seed", "seed-cpu")) {
      Path report = Files.createDirectories(folder.resolve(name).resolve("some.report"));
      Files.writeString(
          report.resolve("history.json"), "{\"seconds_per_epoch\": [1], \"test_accuracy\": 0.5}");
      Files.writeString(folder.resolve(name).resolve("some.keras"), "not an archive");
    }
    Answer answer = check(folder, "--only", "exports");
    assertEquals(1, answer.code(), answer.out());
    assertTrue(answer.out().contains("FAILED"), answer.out());
    assertTrue(answer.out().contains("NOT GOOD"), answer.out());
  }

  @Test
  void missedTargetIsAFailureWhereItCounts() {
    Findings findings = new Findings("some");
    findings.target(new Findings.Figure("time", 2, "s", "< 1"), false, false);
    assertTrue(findings.good());
    findings.target(new Findings.Figure("other time", 2, "s", "< 1"), false, true);
    assertFalse(findings.good());
    assertEquals(
        "other time: expected < 1, got 2.0000.", findings.json().at("/failures/0").asText());
    assertTrue(findings.table().get(1).endsWith("MISSED"), findings.table().toString());
  }

  @Test
  void memoryIsHeldToWhatModelAndDataNeed() {
    Model model = Sequential.of(Input.of(4, 4, 2), Flatten.of(), Dense.of(8));
    int weights = 32 * 8 + 8;
    Map<String, Array> arrays =
        Map.of("dense/kernel", Array.of(new float[256], 32, 8), "dense/bias", array(8));
    Map<String, Array> slots = new LinkedHashMap<>();
    for (String slot : List.of("momentum", "velocity")) {
      slots.put("adam/dense_kernel_" + slot, Array.of(new float[256], 32, 8));
      slots.put("adam/dense_bias_" + slot, array(8));
    }
    OptimizerState state = new OptimizerState(1, Optional.of(0.001f), Weights.of(slots));
    StoredModel stored =
        StoredModel.of(model, Weights.of(arrays))
            .compiled(CompileSettings.of(Adam.of(), MeanSquaredError.of()), state);
    Need need = Need.of(stored, 16, 1 << 20);
    assertEquals(4.0 * (1 + 1 + 2) * weights / (1 << 20), need.weights(), 1e-9);
    // Input, Flatten and Dense: 32, 32 and 8 numbers.
    assertEquals(2.0 * 16 * 4 * 72 / (1 << 20), need.outputs(), 1e-9);
    assertEquals(32, need.data(), 1e-9);
    assertEquals(1.1 * need.all() + Need.CONSTANT, need.limit(), 1e-9);
  }

  private static Array array(int size) {
    return Array.of(new float[size], size);
  }

  @Test
  void memoryThatGrowsOrIsTooMuchIsAFailure(@TempDir Path folder) throws Exception {
    Model model = Sequential.of(Input.of(4), Dense.of(2));
    try (Trainer trainer = Trainer.compile(model, Adam.of(), MeanSquaredError.of())) {
      KerasArchive.write(
          StoredModel.of(model, trainer.weights()), folder.resolve("shapes_cnn.keras"));
    }
    assertEquals(List.of(), failures(folder, 300, 700, 900, 900, 900, 900, 900, 900));
    assertEquals(1, failures(folder, 300, 700, 900, 900, 900, 900, 900, 1000).size());
    assertEquals(1, failures(folder, 300, 700, 1900, 1900, 1900, 1900, 1900, 1900).size());
    assertEquals(
        List.of(), failures(folder, 1300, 1700, 1900, 1900, 1900, 1900, 1900, 1900), "others'");
  }

  private static List<String> failures(Path folder, long... used) throws IOException {
    JsonNode report =
        new ObjectMapper()
            .readTree(
                """
                {"settings": {"batch_size": 32, "training_images": 96, "test_images": 96}}
                """);
    Findings findings = new Findings("some");
    List<Long> memory = java.util.Arrays.stream(used).boxed().toList();
    Trainings.memory(new Bench.Training(folder, report, memory), findings);
    List<String> failures = new ArrayList<>();
    findings.json().get("failures").forEach(failure -> failures.add(failure.asText()));
    return failures;
  }

  @Test
  void whatIsNotANumberIsFarApart() {
    Array one = Array.of(new float[] {1, Float.NaN}, 2);
    assertEquals(Double.MAX_VALUE, Trainings.distance(one, one));
    assertEquals(
        0.5, Trainings.distance(Array.of(new float[] {1}, 1), Array.of(new float[] {1.5f}, 1)));
  }

  @Test
  void warmUpEpochDoesNotCount() throws IOException {
    JsonNode report = new ObjectMapper().readTree("{\"seconds_per_epoch\": [9, 1, 3, 2]}");
    Bench.Training training = new Bench.Training(Path.of("x"), report, List.of());
    assertEquals(2, training.secondsPerEpoch());
    assertEquals(15, training.seconds());
  }
}
