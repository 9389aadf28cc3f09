package kerava.saving;

import static kerava.interop.Near.assertNear;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import kerava.graph.Array;
import kerava.interop.EnabledIfPython;
import kerava.interop.KerasFixtures;
import kerava.interop.Predictions;
import kerava.interop.PythonJudge;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Python loads what Kerava wrote, trains it further, and Kerava reads what Python saved. */
@EnabledIfPython
final class PythonGoesOnTest {
  @TempDir Path folder;

  @Test
  void withTheSeedModel() throws Exception {
    PythonJudge judge = new PythonJudge(folder);
    StoredModel stored = KerasArchive.read(KerasFixtures.file("seed_t0.keras"));
    Array images = KerasFixtures.numbers("seed_train.h5", "x");
    Path file = folder.resolve("from_java.keras");
    KerasArchive.write(stored, file);

    JsonNode report =
        judge
            .give("x", images)
            .give("y", KerasFixtures.integers("seed_train.h5", "y"))
            .give("steps", "3")
            .ask("continue_training.py", file);

    assertEquals("[]", report.get("warnings").toString());
    assertEquals("Adam", report.get("optimizer").asText());
    assertEquals(0, report.get("iterations").asInt());
    assertNear(
        KerasFixtures.numbers("seed_train.h5", "predict_before"),
        judge.numbers("predictions"),
        1e-5);
    List<Array> weights = stored.weights().arrays();
    for (int i = 0; i < weights.size(); i++) {
      assertEquals(weights.get(i), judge.numbers("weights_" + i));
    }

    StoredModel back = KerasArchive.read(folder.resolve("trained.keras"));
    assertEquals(3, back.optimizer().orElseThrow().iterations());
    assertNear(
        KerasFixtures.numbers("seed_train.h5", "predict_after3"),
        Predictions.of(back.model(), back.weights(), images),
        1e-4);
    assertTrue(Files.size(file) < 1_600_000);
  }
}
