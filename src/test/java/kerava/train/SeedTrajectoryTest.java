package kerava.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.jhdf.HdfFile;
import io.jhdf.api.Dataset;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import kerava.CompileSettings;
import kerava.Input;
import kerava.Model;
import kerava.OptimizerState;
import kerava.Sequential;
import kerava.TestDevice;
import kerava.TrainingState;
import kerava.WeightSpec;
import kerava.graph.Array;
import kerava.graph.Weights;
import kerava.layers.ActivationFunction;
import kerava.layers.Conv2D;
import kerava.layers.Dense;
import kerava.layers.Flatten;
import kerava.layers.MaxPooling2D;
import kerava.losses.SparseCategoricalCrossentropy;
import kerava.metrics.SparseCategoricalAccuracy;
import kerava.optimizers.Adam;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The seed network takes the steps that Keras takes from the same weights with the same data. */
@Tag(TestDevice.TAG)
final class SeedTrajectoryTest {
  private static final String ACCURACY = "sparse_categorical_accuracy";

  private static final Model MODEL =
      Sequential.of(
          Input.of(32, 32, 3),
          Conv2D.of(32, 3).activation(ActivationFunction.RELU),
          MaxPooling2D.of(2),
          Conv2D.of(64, 3).activation(ActivationFunction.RELU),
          MaxPooling2D.of(2),
          Conv2D.of(64, 3).activation(ActivationFunction.RELU),
          Flatten.of(),
          Dense.of(64).activation(ActivationFunction.RELU),
          Dense.of(10).activation(ActivationFunction.SOFTMAX));

  @TempDir Path folder;

  @ParameterizedTest(name = "jitCompile {0}")
  @ValueSource(booleans = {false, true})
  void equalsKerasStepByStep(boolean jitCompile) throws IOException {
    try (HdfFile run = new HdfFile(resource("seed_train.h5"));
        HdfFile before = new HdfFile(weightsFile("seed_t0.keras"));
        HdfFile after = new HdfFile(weightsFile("seed_t3.keras"));
        Trainer trainer =
            Trainer.compile(
                MODEL,
                CompileSettings.of(Adam.of(), SparseCategoricalCrossentropy.of(), metric()),
                TrainerOptions.defaults()
                    .withDevice(TestDevice.get())
                    .withJitCompile(jitCompile))) {
      kerava.data.Dataset batch =
          kerava.data.Dataset.of(
              Array.of(floats(run, "x"), 16, 32, 32, 3), Array.of(ints(run, "y"), 16));
      trainer.restore(weights(before));
      assertArrayEquals(
          floats(run, "predict_before"),
          trainer.predict(batch).floats(),
          (float) TestDevice.tolerance(1e-5));

      History history = trainer.fit(batch, Fit.epochs(3).batchSize(16).shuffle(false));
      float[] steps = floats(run, "loss_acc_per_step");
      for (int i = 0; i < 3; i++) {
        assertEquals(
            steps[2 * i],
            history.get("loss").get(i),
            TestDevice.tolerance(1e-5),
            "loss of step " + i);
        assertEquals(steps[2 * i + 1], history.get(ACCURACY).get(i), 1e-6, "accuracy " + i);
      }

      float[] evaluated = floats(run, "evaluate_after3_loss_acc");
      Evaluation evaluation = trainer.evaluate(batch);
      assertEquals(evaluated[0], evaluation.loss(), TestDevice.tolerance(1e-5));
      assertEquals(evaluated[1], evaluation.get(ACCURACY), 1e-6);
      assertArrayEquals(
          floats(run, "predict_after3"),
          trainer.predict(batch).floats(),
          (float) TestDevice.tolerance(1e-5));
      assertClose(weights(after), trainer.weights(), (float) TestDevice.tolerance(1e-4));
      assertClose(
          state(after).optimizer().slots(),
          trainer.state().optimizer().slots(),
          (float) TestDevice.tolerance(1e-4));
      assertEquals(3, trainer.state().optimizer().iterations());
      assertEquals(0.001f, trainer.state().optimizer().learningRate().orElseThrow());
    }
  }

  @Test
  void goesOnFromAStateThatKerasSaved() throws IOException {
    try (HdfFile run = new HdfFile(resource("seed_train.h5"));
        HdfFile before = new HdfFile(weightsFile("seed_t0.keras"));
        HdfFile after = new HdfFile(weightsFile("seed_t3.keras"));
        Trainer resumed =
            Trainer.compile(MODEL, Adam.of(1), SparseCategoricalCrossentropy.of(), metric());
        Trainer whole =
            Trainer.compile(
                MODEL,
                CompileSettings.of(Adam.of(), SparseCategoricalCrossentropy.of(), metric()),
                TrainerOptions.defaults().withDevice(TestDevice.get()))) {
      kerava.data.Dataset batch =
          kerava.data.Dataset.of(
              Array.of(floats(run, "x"), 16, 32, 32, 3), Array.of(ints(run, "y"), 16));
      resumed.restore(state(after));
      whole.restore(weights(before));
      History all = whole.fit(batch, Fit.epochs(5).batchSize(16).shuffle(false));
      History rest = resumed.fit(batch, Fit.epochs(2).batchSize(16).shuffle(false));
      for (int i = 0; i < 2; i++) {
        assertEquals(all.get("loss").get(3 + i), rest.get("loss").get(i), 2e-5, "step " + i);
      }
    }
  }

  private static SparseCategoricalAccuracy metric() {
    return SparseCategoricalAccuracy.of();
  }

  private static void assertClose(Weights expected, Weights actual, float tolerance) {
    assertEquals(List.copyOf(expected.names()), List.copyOf(actual.names()));
    for (String name : expected.names()) {
      assertArrayEquals(expected.get(name).floats(), actual.get(name).floats(), tolerance, name);
    }
  }

  private static Weights weights(HdfFile file) {
    Map<String, Array> arrays = new LinkedHashMap<>();
    for (WeightSpec spec : MODEL.weights()) {
      String step = spec.name().substring(0, spec.name().indexOf('/'));
      int index = spec.name().endsWith("kernel") ? 0 : 1;
      float[] values = floats(file, "layers/" + step + "/vars/" + index);
      arrays.put(spec.name(), Array.of(values, spec.shape().asArray()));
    }
    return Weights.of(arrays);
  }

  /** Keras saves the counter and the rate first, then two moments a weight. */
  private static TrainingState state(HdfFile file) {
    Map<String, Array> slots = new LinkedHashMap<>();
    int next = 2;
    for (WeightSpec spec : MODEL.weights()) {
      for (String moment : List.of("momentum", "velocity")) {
        float[] values = floats(file, "optimizer/vars/" + next++);
        slots.put(
            "adam/" + spec.name().replace('/', '_') + "_" + moment,
            Array.of(values, spec.shape().asArray()));
      }
    }
    long iterations = (long) dataset(file, "optimizer/vars/0").getData();
    float rate = (float) dataset(file, "optimizer/vars/1").getData();
    return new TrainingState(
        weights(file),
        new OptimizerState(iterations, java.util.Optional.of(rate), Weights.of(slots)));
  }

  private static Dataset dataset(HdfFile file, String path) {
    return file.getDatasetByPath(path);
  }

  private static float[] floats(HdfFile file, String path) {
    return (float[]) dataset(file, path).getDataFlat();
  }

  private static int[] ints(HdfFile file, String path) {
    return (int[]) dataset(file, path).getDataFlat();
  }

  private Path resource(String name) throws IOException {
    Path copy = folder.resolve(name);
    try (InputStream in = getClass().getResourceAsStream("/fixtures/" + name)) {
      assertNotNull(in, name);
      if (!Files.exists(copy)) {
        Files.copy(in, copy);
      }
    }
    return copy;
  }

  private Path weightsFile(String archive) throws IOException {
    Path file = folder.resolve(archive + ".weights.h5");
    try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(resource(archive)))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        if (entry.getName().equals("model.weights.h5")) {
          Files.copy(zip, file);
        }
      }
    }
    return file;
  }
}
