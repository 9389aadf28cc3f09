package kerava.saving;

import static java.nio.charset.StandardCharsets.UTF_8;
import static kerava.interop.Near.assertNear;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kerava.Metric;
import kerava.StoredModel;
import kerava.files.ModelFormatException;
import kerava.graph.Array;
import kerava.interop.Archives;
import kerava.interop.KerasFixtures;
import kerava.interop.Predictions;
import kerava.saving.json.ModelWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives that Keras wrote, and what comes back from those that Kerava wrote. */
final class KerasArchiveTest {
  @TempDir Path folder;

  @Test
  void predictsAsTheSeedModelDidInPython() throws IOException {
    StoredModel before = KerasArchive.read(KerasFixtures.file("seed_t0.keras"));
    StoredModel after = KerasArchive.read(KerasFixtures.file("seed_t3.keras"));
    var images = KerasFixtures.numbers("seed_train.h5", "x");
    assertNear(
        KerasFixtures.numbers("seed_train.h5", "predict_before"),
        Predictions.of(before.model(), before.weights(), images),
        1e-5);
    assertNear(
        KerasFixtures.numbers("seed_train.h5", "predict_after3"),
        Predictions.of(after.model(), after.weights(), images),
        1e-5);
  }

  @Test
  void keepsEverythingThroughAFile() throws IOException {
    StoredModel read = KerasArchive.read(KerasFixtures.file("seed_t3.keras"));
    assertEquals(3, read.optimizer().orElseThrow().iterations());
    assertEquals(Optional.of(0.001f), read.optimizer().orElseThrow().learningRate());
    Path file = folder.resolve("again.keras");
    KerasArchive.write(read, file);
    StoredModel again = KerasArchive.read(file);
    assertEquals(ModelWriter.write(read.model()), ModelWriter.write(again.model()));
    assertEquals(read.weights(), again.weights());
    assertEquals(read.settings(), again.settings());
    assertEquals(read.optimizer(), again.optimizer());
  }

  /** See {@code tools/golden/odd_models.py}. */
  @Test
  void readsWhatKerasWritesInUnusualWays() throws IOException {
    StoredModel read = KerasArchive.read(KerasFixtures.file("keras3_odd.keras"));
    Array x = KerasFixtures.numbers("predictions_odd.h5", "x");
    Array y = KerasFixtures.numbers("predictions_odd.h5", "y");
    assertNear(y, Predictions.of(read.model(), read.weights(), x), 1e-5);
    assertEquals(
        "LeakyReLU", read.model().layer("conv2d_leaky_re_lu").layer().schema().className());
    assertEquals(List.of(), read.card().remarks());
    assertEquals(
        List.of("auc", "mse"),
        read.settings().orElseThrow().metrics().stream().map(Metric::name).toList());
    Path file = folder.resolve("again.keras");
    KerasArchive.write(read, file);
    StoredModel again = KerasArchive.read(file);
    assertEquals(read.model(), again.model());
    assertNear(y, Predictions.of(again.model(), again.weights(), x), 1e-5);
  }

  @Test
  void refusesAnActivationWhosePenaltyWouldMove() throws IOException {
    assertTrue(
        refusal("\"activity_regularizer\": null", "\"activity_regularizer\": \"l2\"")
            .contains(
                "$.config.layers[2].config.activity_regularizer: expected none beside an activation"
                    + " that is a layer, got \"l2\""));
  }

  private String refusal(String from, String to) throws IOException {
    Map<String, byte[]> members = Archives.unpack(KerasFixtures.file("keras3_odd.keras"));
    String config = new String(members.get("config.json"), UTF_8);
    members.put("config.json", config.replace(from, to).getBytes(UTF_8));
    Path file = Archives.pack(members, folder.resolve("bad.keras"));
    return String.valueOf(
        assertThrows(ModelFormatException.class, () -> KerasArchive.read(file)).getMessage());
  }
}
