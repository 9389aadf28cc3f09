package kerava.reliability;

import static kerava.layers.ActivationFunction.SOFTMAX;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import kerava.CompileSettings;
import kerava.Input;
import kerava.Model;
import kerava.ModelCard;
import kerava.Sequential;
import kerava.StoredModel;
import kerava.WeightSpec;
import kerava.data.Dataset;
import kerava.graph.Array;
import kerava.graph.Device;
import kerava.graph.Weights;
import kerava.layers.Conv2D;
import kerava.layers.Dense;
import kerava.layers.Flatten;
import kerava.losses.SparseCategoricalCrossentropy;
import kerava.metrics.Accuracy;
import kerava.optimizers.Adam;
import kerava.report.TestRun;
import kerava.report.TrainingReport;
import kerava.train.Evaluation;
import kerava.train.History;
import kerava.train.Trainer;
import kerava.train.TrainerOptions;

/** The smallest things of each kind that the instruments write, read and damage. */
final class Small {
  static final int CLASSES = 3;
  static final int SIDE = 4;
  static final Model MODEL =
      Sequential.of(
          Input.of(SIDE, SIDE, 3),
          Conv2D.of(2, 3),
          Flatten.of(),
          Dense.of(CLASSES).activation(SOFTMAX));

  private Small() {}

  /** Weights that all are one number. */
  static Weights weights(int state) {
    Map<String, Array> arrays = new LinkedHashMap<>();
    for (WeightSpec spec : MODEL.weights()) {
      float[] numbers = new float[Math.toIntExact(spec.shape().size())];
      Arrays.fill(numbers, state);
      arrays.put(spec.name(), Array.of(numbers, spec.shape().asArray()));
    }
    return Weights.of(arrays);
  }

  /**
   * The number that all weights are.
   *
   * @throws IllegalStateException if they are several
   */
  static int state(Weights weights) {
    if (weights.size() != MODEL.weights().size()) {
      throw new IllegalStateException("half: " + weights.size() + " weights");
    }
    return state(weights.arrays().stream().map(Array::floats).toArray(float[][]::new));
  }

  /** The number that all numbers are. */
  static int state(float[]... arrays) {
    float first = arrays[0][0];
    for (float[] array : arrays) {
      for (float number : array) {
        if (number != first) {
          throw new IllegalStateException("half: the numbers " + first + " and " + number);
        }
      }
    }
    return (int) first;
  }

  static StoredModel stored(int state) {
    return StoredModel.of(MODEL, weights(state))
        .card(ModelCard.blank().classNames(List.of("a", "b", "c")));
  }

  /** Pixels at random. */
  static Dataset data(long seed, int size) {
    Random random = new Random(seed);
    byte[] pixels = new byte[size * SIDE * SIDE * 3];
    random.nextBytes(pixels);
    return Dataset.of(
        Array.of(pixels, size, SIDE, SIDE, 3),
        Array.of(random.ints(size, 0, CLASSES).toArray(), size));
  }

  /** A batch of inputs as the model takes them. */
  static Array batch(int size) {
    float[] numbers = new float[size * SIDE * SIDE * 3];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = i % 17 / 17f;
    }
    return Array.of(numbers, size, SIDE, SIDE, 3);
  }

  static Trainer trainer() {
    return Trainer.compile(
        MODEL,
        CompileSettings.of(Adam.of(0.01), SparseCategoricalCrossentropy.of(), Accuracy.of()),
        TrainerOptions.defaults().withSeed(7).withReplicas(1).withDevice(Device.cpu()));
  }

  /** A report in which each loss is the state. */
  static TrainingReport report(int state) {
    float[] sure = new float[CLASSES * 6];
    for (int i = 0; i < 6; i++) {
      sure[i * CLASSES + i % CLASSES] = 1;
    }
    History history =
        new History(new TreeMap<>(Map.of("loss", List.of((double) state))), List.of(1.0));
    TestRun test =
        new TestRun(
            data(1, 6), Array.of(sure, 6, CLASSES), new Evaluation(state, Map.of("accuracy", 0.5)));
    return TrainingReport.of(MODEL, history, test);
  }
}
