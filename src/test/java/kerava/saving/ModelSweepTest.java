package kerava.saving;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import kerava.interop.EnabledIfPython;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Small Keras models at random: each predicts the same here, from both formats, and again in Keras
 * once it was written. {@code -Dkerava.sweep.seed} and {@code -Dkerava.sweep.count} draw others.
 */
@EnabledIfPython
final class ModelSweepTest {
  @TempDir Path folder;

  @Test
  void predictsWhatKerasDoes() throws Exception {
    int count = Integer.getInteger("kerava.sweep.count", 25);
    Path models = folder.resolve("models");
    Files.createDirectories(models);
    String seed = String.valueOf(Integer.getInteger("kerava.sweep.seed", 3));
    python("make", models.toString(), "--seed", seed, "--count", String.valueOf(count));
    List<ModelSweep.Verdict> verdicts = ModelSweep.all(models);
    assertTrue(verdicts.size() >= count, verdicts.toString());
    List<ModelSweep.Verdict> others =
        verdicts.stream().filter(verdict -> !verdict.equal()).toList();
    assertEquals(List.of(), others);

    python("check", models.toString());
    for (int i = 0; i < count; i++) {
      Path checked = models.resolve("%03d".formatted(i)).resolve("checked.json");
      JsonNode json = new ObjectMapper().readTree(checked.toFile());
      assertTrue(json.path("difference").asDouble(1) <= 1e-5, checked + " " + json);
    }
  }

  private void python(String... words) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Objects.requireNonNull(System.getenv("KERAVA_PYTHON")));
    command.add(Path.of("tools", "sweep", "models.py").toString());
    command.addAll(List.of(words));
    Path log = folder.resolve("log.txt");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    assertEquals(0, process.waitFor(), () -> read(log));
  }

  private static String read(Path log) {
    try {
      return Files.readString(log);
    } catch (java.io.IOException e) {
      return String.valueOf(e);
    }
  }
}
