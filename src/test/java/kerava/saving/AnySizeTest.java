package kerava.saving;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import kerava.StoredModel;
import kerava.graph.Array;
import kerava.images.Scaling;
import kerava.train.Predictor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model of Keras 2 that takes images of any size, and normalizes them by adapted numbers. */
final class AnySizeTest {
  private static final Path FILE =
      Path.of("src/test/resources/fixtures/keras2_normalization_any_size.h5");

  /** What tools/normalization_keras2_fixture.py printed. */
  private static final float[] KERAS = {0.6959428f, 0.30405715f, 0.41079125f, 0.5892088f};

  private static Array images() {
    float[] numbers = new float[2 * 5 * 7 * 3];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = i;
    }
    return Array.of(numbers, 2, 5, 7, 3);
  }

  @Test
  void readsAdaptedNumbersWhoseNamesHaveNoLayer() throws IOException {
    StoredModel stored = KerasH5.read(FILE);
    assertEquals(Scaling.NONE, stored.model().preprocessing().scaling());
    try (Predictor predictor = Predictor.of(stored)) {
      assertArrayEquals(KERAS, predictor.predict(images()).floats(), 1e-5f);
    }
  }

  @Test
  void isExportedThoughOnePixelIsTooSmall(@TempDir Path folder) throws IOException {
    Path version = SavedModels.export(KerasH5.read(FILE), folder.resolve("served"));
    assertEquals(true, Files.exists(version.resolve("saved_model.pb")));
    try (LoadedModel loaded = LoadedModel.open(version)) {
      assertArrayEquals(KERAS, loaded.call(images()).floats(), 1e-5f);
    }
  }
}
