package kerava.interop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jhdf.HdfFile;
import java.nio.file.Path;
import java.util.List;
import kerava.StoredModel;
import kerava.TrainingState;
import kerava.data.Dataset;
import kerava.graph.Array;
import kerava.graph.Weights;
import kerava.saving.KerasArchive;
import kerava.train.Evaluation;
import kerava.train.Fit;
import kerava.train.History;
import kerava.train.Trainer;
import kerava.train.TrainerOptions;
import org.junit.jupiter.api.Test;

/**
 * A residual network with batch normalization, an L2 penalty and Nesterov momentum, read from
 * Python's archive, takes the steps that Keras takes.
 */
final class MiniResnetTrajectoryTest {
  private static final Path FIXTURES = Path.of("src", "test", "resources", "fixtures");

  @Test
  void equalsKerasStepByStep() throws Exception {
    StoredModel before = KerasArchive.read(FIXTURES.resolve("miniresnet_t0.keras"));
    StoredModel after = KerasArchive.read(FIXTURES.resolve("miniresnet_t3.keras"));
    try (HdfFile run = new HdfFile(FIXTURES.resolve("miniresnet_train.h5"));
        Trainer trainer =
            Trainer.compile(
                before.model(), before.settings().orElseThrow(), TrainerOptions.defaults())) {
      Dataset batch =
          Dataset.of(
              Array.of((float[]) flat(run, "x"), 16, 8, 8, 3),
              Array.of((int[]) flat(run, "y"), 16));
      trainer.restore(before.weights());
      assertArrayEquals(floats(run, "predict_before"), trainer.predict(batch).floats(), 1e-5f);

      History history = trainer.fit(batch, Fit.epochs(3).batchSize(16).shuffle(false));
      float[] steps = floats(run, "loss_acc_per_step");
      for (int i = 0; i < 3; i++) {
        assertEquals(steps[2 * i], history.get("loss").get(i), 1e-5, "loss of step " + i);
        assertEquals(steps[2 * i + 1], history.get("accuracy").get(i), 1e-6, "accuracy " + i);
      }

      float[] evaluated = floats(run, "evaluate_after3_loss_acc");
      Evaluation evaluation = trainer.evaluate(batch);
      assertEquals(evaluated[0], evaluation.loss(), 1e-5);
      assertEquals(evaluated[1], evaluation.get("accuracy"), 1e-6);
      assertArrayEquals(floats(run, "predict_after3"), trainer.predict(batch).floats(), 1e-4f);
      TrainingState state = trainer.state();
      assertClose(after.weights(), state.weights());
      assertClose(after.optimizer().orElseThrow().slots(), state.optimizer().slots());
      assertEquals(3, state.optimizer().iterations());
    }
  }

  private static void assertClose(Weights expected, Weights actual) {
    assertEquals(List.copyOf(expected.names()), List.copyOf(actual.names()));
    for (String name : expected.names()) {
      assertArrayEquals(expected.get(name).floats(), actual.get(name).floats(), 1e-4f, name);
    }
  }

  private static Object flat(HdfFile file, String name) {
    return file.getDatasetByPath(name).getDataFlat();
  }

  private static float[] floats(HdfFile file, String name) {
    return (float[]) flat(file, name);
  }
}
