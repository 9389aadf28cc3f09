package kerava.saving;

import static kerava.interop.Near.assertNear;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import kerava.interop.KerasFixtures;
import kerava.interop.Predictions;
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
}
