package kerava.saving;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.io.IOException;
import java.nio.file.Path;
import kerava.StoredModel;
import kerava.TestDevice;
import kerava.graph.Array;
import kerava.train.Predictor;
import org.junit.jupiter.api.Test;

/** Whole models in HDF5 whose weights have names that are not what they seem. */
final class LegacyNamesTest {
  /** Keras marks names of layers as ASCII where they are UTF-8: "größe". */
  @Test
  void namesAreUtf8() throws IOException {
    assertArrayEquals(new float[] {6.5f}, predicted("names_in_utf8.h5", 1, 2), 1e-6f);
  }

  /** Keras 2 names weights without their layer if it was adapted before it stood in a model. */
  @Test
  void adaptedBeforeItStoodInAModel() throws IOException {
    assertArrayEquals(new float[] {-1}, predicted("keras2_adapted.h5", 3, 0), 1e-6f);
  }

  private static float[] predicted(String file, float... row) throws IOException {
    StoredModel stored = KerasH5.read(Path.of("src", "test", "resources", "fixtures", file));
    try (Predictor predictor = Predictor.of(stored, TestDevice.get())) {
      return predictor.predict(Array.of(row, 1, row.length)).floats();
    }
  }
}
