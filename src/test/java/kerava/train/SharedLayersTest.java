package kerava.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import kerava.CompileSettings;
import kerava.Input;
import kerava.Model;
import kerava.Node;
import kerava.Sequential;
import kerava.SharedLayer;
import kerava.TestDevice;
import kerava.data.Dataset;
import kerava.graph.Array;
import kerava.initializers.Zeros;
import kerava.layers.ActivityRegularization;
import kerava.layers.Add;
import kerava.layers.BatchNormalization;
import kerava.layers.Dense;
import kerava.layers.Rescaling;
import kerava.losses.MeanSquaredError;
import kerava.optimizers.SGD;
import org.junit.jupiter.api.Test;

/** What layers give beside their output: new moving averages, and summands of the loss. */
final class SharedLayersTest {
  private static final Dataset DATA =
      Dataset.of(
          Array.of(new float[] {1, 2, 3, 6}, 4, 1), Array.of(new float[] {1, 0, 1, 0}, 4, 1));

  /**
   * Keras goes on from the average that the call before has left: 3 * 0.5, then 1.5 * 0.5 + 0.5.
   */
  @Test
  void movingAveragesFollowEachCall() {
    SharedLayer shared = SharedLayer.of(BatchNormalization.of().momentum(0.5).named("shared"));
    Node input = Input.of(1);
    Node again = shared.apply(Rescaling.of(2).offset(1).apply(shared.apply(input)));
    Model model = Model.of(List.of(input), List.of(Dense.of(1).apply(again)));
    try (Trainer trainer = trainer(model, 1)) {
      trainer.fit(DATA, Fit.epochs(1).batchSize(4).shuffle(false));
      float[] mean = trainer.weights().get("shared/moving_mean").floats();
      assertArrayEquals(new float[] {1.25f}, mean, 1e-6f);
    }
  }

  /** Of two calls beside each other, Keras makes that of the later input first: 4, then 2. */
  @Test
  void callsBesideEachOtherAreInKerasOrder() {
    SharedLayer shared = SharedLayer.of(BatchNormalization.of().momentum(0.5).named("shared"));
    Node a = Input.of(1);
    Node b = Input.of(1);
    Node first = Rescaling.of(1).apply(shared.apply(a));
    Node sum = Add.of().apply(first, Rescaling.of(1).apply(shared.apply(b)));
    Model model = Model.of(List.of(a, b), List.of(Dense.of(1).apply(sum)));
    Array twos = Array.of(new float[] {2, 2}, 2, 1);
    Array fours = Array.of(new float[] {4, 4}, 2, 1);
    List<String> names = model.inputNames();
    Dataset data = Dataset.of(Map.of(names.get(0), twos, names.get(1), fours), Map.of("", twos));
    try (Trainer trainer = trainer(model, 1)) {
      trainer.fit(data, Fit.epochs(1).batchSize(2).shuffle(false));
      float[] mean = trainer.weights().get("shared/moving_mean").floats();
      assertArrayEquals(new float[] {4 * 0.25f + 2 * 0.5f}, mean, 1e-6f);
    }
  }

  /** As in Keras a penalty is one a sample, 0.5 * 12 / 4, also of a batch in unequal parts. */
  @Test
  void penaltiesAreMeansOverTheBatch() {
    Dense zero = Dense.of(1).kernelInitializer(Zeros.of());
    Model model = Sequential.of(Input.of(1), ActivityRegularization.of(0.5, 0), zero);
    for (int replicas = 1; replicas <= 3; replicas++) {
      try (Trainer trainer = trainer(model, replicas)) {
        History history = trainer.fit(DATA, Fit.epochs(1).batchSize(4).shuffle(false));
        assertEquals(0.5 + 1.5, history.get("loss").get(0), 1e-6);
      }
    }
  }

  private static Trainer trainer(Model model, int replicas) {
    TrainerOptions options =
        TrainerOptions.defaults().withSeed(1).withDevice(TestDevice.get()).withReplicas(replicas);
    CompileSettings settings = CompileSettings.of(SGD.of(0.1), MeanSquaredError.of());
    return Trainer.compile(model, settings, options);
  }
}
