package kerava.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import kerava.CompileSettings;
import kerava.Input;
import kerava.Model;
import kerava.Sequential;
import kerava.data.Dataset;
import kerava.graph.Array;
import kerava.graph.Device;
import kerava.graph.Weights;
import kerava.layers.ActivationFunction;
import kerava.layers.Conv2D;
import kerava.layers.Dense;
import kerava.layers.Flatten;
import kerava.layers.MaxPooling2D;
import kerava.losses.SparseCategoricalCrossentropy;
import kerava.metrics.SparseCategoricalAccuracy;
import kerava.optimizers.Adam;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A batch that is split is trained on as one that is not. */
final class ReplicasTest {
  private static final String ACCURACY = "sparse_categorical_accuracy";
  private static final Model MODEL =
      Sequential.of(
          Input.of(12, 12, 3),
          Conv2D.of(8, 3).activation(ActivationFunction.RELU),
          MaxPooling2D.of(2),
          Conv2D.of(8, 3).activation(ActivationFunction.RELU),
          Flatten.of(),
          Dense.of(4).activation(ActivationFunction.SOFTMAX));

  /** What a run leaves: the loss of each batch, the metrics of the epoch, the weights. */
  private record Outcome(List<Float> losses, History history, Weights weights) {}

  @ParameterizedTest(name = "{0} replicas, {1} samples")
  @CsvSource({
    "2, 71", // four whole batches and one of 7, which is odd
    "2, 65", // the last batch has fewer samples than there are replicas
    "3, 80", "3, 66", "5, 67"
  })
  void trainsAsOne(int replicas, int samples) {
    Outcome one = run(1, data(samples), 1);
    Outcome several = run(replicas, data(samples), 1);
    assertEquals(5, one.losses().size());
    for (int i = 0; i < 5; i++) {
      assertEquals(one.losses().get(i), several.losses().get(i), 1e-5, "loss of step " + i);
    }
    assertEquals(one.history().get("loss").get(0), several.history().get("loss").get(0), 1e-5);
    assertEquals(one.history().get(ACCURACY), several.history().get(ACCURACY));
    for (String name : one.weights().names()) {
      assertArrayEquals(
          one.weights().get(name).floats(), several.weights().get(name).floats(), 1e-4f, name);
    }
  }

  @Test
  void repeatsItselfBitForBit() {
    Outcome first = run(2, data(71), 3);
    Outcome second = run(2, data(71), 3);
    assertEquals(first.losses(), second.losses());
    assertEquals(first.weights(), second.weights());
  }

  @Test
  void lastBatchCountsByItsSize() {
    Outcome outcome = run(2, data(71), 1);
    double sum = 0;
    for (int i = 0; i < 5; i++) {
      sum += outcome.losses().get(i) * (i < 4 ? 16.0 : 7.0);
    }
    assertEquals(sum / 71, outcome.history().get("loss").get(0), 1e-6);
  }

  private static Outcome run(int replicas, Dataset data, int epochs) {
    TrainerOptions options =
        TrainerOptions.defaults().withSeed(7).withDevice(Device.cpu()).withReplicas(replicas);
    CompileSettings settings =
        CompileSettings.of(
            Adam.of(), SparseCategoricalCrossentropy.of(), SparseCategoricalAccuracy.of());
    List<Float> losses = new ArrayList<>();
    try (Trainer trainer = Trainer.compile(MODEL, settings, options)) {
      Callback note =
          Callback.onBatch(
              batch -> {
                losses.add(batch.loss());
                return CallbackAction.proceed();
              });
      Fit fit = Fit.epochs(epochs).batchSize(16).shuffle(false).callbacks(note);
      History history = trainer.fit(data, fit);
      return new Outcome(losses, history, trainer.weights());
    }
  }

  /** Images of noise in four classes. */
  static Dataset data(int samples) {
    SplittableRandom random = new SplittableRandom(3);
    byte[] pixels = new byte[samples * 12 * 12 * 3];
    random.nextBytes(pixels);
    int[] labels = random.ints(samples, 0, 4).toArray();
    return Dataset.of(Array.of(pixels, samples, 12, 12, 3), Array.of(labels, samples));
  }
}
