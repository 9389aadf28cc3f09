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
import java.util.List;
import kerava.graph.Array;
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
    Answer answer = check(folder, "--only", "doctor,seed,exports");
    assertEquals(0, answer.code(), answer.out());
    assertTrue(answer.out().contains("DRY RUN on the CPU"), answer.out());
    assertTrue(answer.out().contains("built-in shapes"), answer.out());
    JsonNode root = new ObjectMapper().readTree(Files.readString(folder.resolve("check.json")));
    assertTrue(root.get("dry_run").asBoolean());
    List<String> stages = new ArrayList<>();
    root.get("stages").forEach(stage -> stages.add(stage.get("stage").asText()));
    assertEquals(List.of("doctor", "exports", "seed"), stages);
    assertEquals(4, root.at("/stages/1/figures").size(), root.toString());
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
  void whatIsNotANumberIsFarApart() {
    Array one = Array.of(new float[] {1, Float.NaN}, 2);
    assertEquals(Double.MAX_VALUE, Stage.distance(one, one));
    assertEquals(
        0.5, Stage.distance(Array.of(new float[] {1}, 1), Array.of(new float[] {1.5f}, 1)));
  }

  @Test
  void warmUpEpochDoesNotCount() throws IOException {
    JsonNode report = new ObjectMapper().readTree("{\"seconds_per_epoch\": [9, 1, 3, 2]}");
    Bench.Training training = new Bench.Training(Path.of("x"), report, List.of());
    assertEquals(2, training.secondsPerEpoch());
    assertEquals(15, training.seconds());
  }
}
