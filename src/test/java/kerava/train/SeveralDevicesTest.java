package kerava.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import kerava.CompileSettings;
import kerava.Input;
import kerava.Model;
import kerava.Sequential;
import kerava.data.Dataset;
import kerava.graph.Array;
import kerava.graph.Device;
import kerava.graph.Network;
import kerava.graph.Weights;
import kerava.layers.Activation;
import kerava.layers.ActivationFunction;
import kerava.layers.BatchNormalization;
import kerava.layers.Conv2D;
import kerava.layers.Dense;
import kerava.layers.Dropout;
import kerava.layers.Flatten;
import kerava.layers.MaxPooling2D;
import kerava.losses.SparseCategoricalCrossentropy;
import kerava.metrics.SparseCategoricalAccuracy;
import kerava.optimizers.Adam;
import kerava.optimizers.SGD;
import kerava.train.graph.TrainingGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.GraphOperation;

/** A batch whose parts are computed by several devices; here the CPU plays two or three of them. */
final class SeveralDevicesTest {
  private static final Device[] TWO = {Device.cpu(0), Device.cpu(1)};
  private static final Device[] THREE = {Device.cpu(0), Device.cpu(1), Device.cpu(2)};
  private static final Model MODEL =
      Sequential.of(
          Input.of(12, 12, 3),
          Conv2D.of(8, 3).activation(ActivationFunction.RELU),
          MaxPooling2D.of(2),
          Conv2D.of(8, 3).activation(ActivationFunction.RELU),
          Flatten.of(),
          Dense.of(4).activation(ActivationFunction.SOFTMAX));
  private static final Model NORMALIZED =
      Sequential.of(
          Input.of(12, 12, 3),
          Conv2D.of(4, 3).useBias(false),
          BatchNormalization.of(),
          Activation.of(ActivationFunction.RELU),
          Flatten.of(),
          Dense.of(4).activation(ActivationFunction.SOFTMAX));
  private static final CompileSettings SETTINGS =
      CompileSettings.of(
          Adam.of(), SparseCategoricalCrossentropy.of(), SparseCategoricalAccuracy.of());
  private static final TrainerOptions OPTIONS =
      TrainerOptions.defaults().withSeed(7).withDevice(Device.cpu());

  private record Outcome(List<Float> losses, History history, Weights weights, Evaluation test) {}

  @Test
  void trainTheSameModelAsOne() {
    Outcome one = run(MODEL, OPTIONS.withReplicas(1));
    Outcome two = run(MODEL, OPTIONS.withDevices(TWO));
    assertEquals(5, one.losses().size());
    for (int i = 0; i < 5; i++) {
      assertEquals(one.losses().get(i), two.losses().get(i), 1e-5, "loss of step " + i);
    }
    assertEquals(one.test().loss(), two.test().loss(), 1e-5);
    for (String name : one.weights().names()) {
      assertArrayEquals(
          one.weights().get(name).floats(), two.weights().get(name).floats(), 1e-4f, name);
    }
  }

  @ParameterizedTest(name = "a batch of {0}")
  @ValueSource(ints = {1, 2, 3, 7, 16})
  void giveTheGradientsOfTheWholeBatch(int samples) {
    Weights one = gradients(MODEL, data(samples), OPTIONS.withReplicas(1));
    Weights three = gradients(MODEL, data(samples), OPTIONS.withDevices(THREE));
    for (String name : one.names()) {
      assertArrayEquals(one.get(name).floats(), three.get(name).floats(), 1e-5f, name);
    }
  }

  @ParameterizedTest(name = "{0} samples")
  @ValueSource(ints = {71, 66, 65})
  void trainTheSameModelWhereTheLastBatchIsSmall(int samples) {
    Outcome one = run(MODEL, OPTIONS.withReplicas(1), data(samples));
    Outcome three = run(MODEL, OPTIONS.withDevices(THREE), data(samples));
    assertEquals(one.history().get("loss").get(0), three.history().get("loss").get(0), 1e-5);
    assertEquals(
        one.history().get("sparse_categorical_accuracy"),
        three.history().get("sparse_categorical_accuracy"));
    for (String name : one.weights().names()) {
      assertArrayEquals(
          one.weights().get(name).floats(), three.weights().get(name).floats(), 1e-4f, name);
    }
  }

  /** Where every device sees the same samples, their statistics are those of the whole batch. */
  @Test
  void normalizeTheirOwnPartOfABatch() {
    Dataset whole = data(8, 3);
    Weights one = gradients(NORMALIZED, whole, OPTIONS.withReplicas(1));
    Weights three = gradients(NORMALIZED, whole, OPTIONS.withDevices(THREE));
    for (String name : one.names()) {
      assertArrayEquals(one.get(name).floats(), three.get(name).floats(), 1e-4f, name);
    }
    Dataset other = data(24);
    Weights parts = gradients(NORMALIZED, other, OPTIONS.withReplicas(3));
    Weights devices = gradients(NORMALIZED, other, OPTIONS.withDevices(THREE));
    for (String name : parts.names()) {
      assertArrayEquals(parts.get(name).floats(), devices.get(name).floats(), 1e-5f, name);
    }
  }

  /** What a step of the whole data at rate 1 takes from each weight. */
  private static Weights gradients(Model model, Dataset data, TrainerOptions options) {
    CompileSettings settings = CompileSettings.of(SGD.of(1), SparseCategoricalCrossentropy.of());
    try (Trainer trainer = Trainer.compile(model, settings, options)) {
      Weights before = trainer.weights();
      trainer.fit(data, Fit.epochs(1).batchSize(data.size()).shuffle(false));
      Weights after = trainer.weights();
      Map<String, Array> taken = new LinkedHashMap<>();
      for (String name : before.names()) {
        float[] from = before.get(name).floats();
        float[] to = after.get(name).floats();
        float[] difference = new float[from.length];
        for (int i = 0; i < from.length; i++) {
          difference[i] = from[i] - to[i];
        }
        taken.put(name, Array.of(difference, before.get(name).shape().asArray()));
      }
      return Weights.of(taken);
    }
  }

  @Test
  void repeatThemselvesBitForBit() {
    Outcome first = run(MODEL, OPTIONS.withDevices(TWO));
    assertEquals(first.weights(), run(MODEL, OPTIONS.withDevices(TWO)).weights());
  }

  @Test
  void eachComputeTheForwardAndTheBackwardPassOfTheirPart() {
    Map<String, Integer> kernels = new TreeMap<>();
    try (Network network = Network.create(1)) {
      TrainingGraph.build(network, MODEL, SETTINGS, OPTIONS.withDevices(TWO).how(MODEL));
      for (Iterator<GraphOperation> all = network.graph().operations(); all.hasNext(); ) {
        GraphOperation each = all.next();
        if (each.type().startsWith("Conv2D") && !each.name().startsWith("infer")) {
          kernels.merge(each.type() + " " + each.device(), 1, Integer::sum);
        }
      }
    }
    assertEquals(
        Map.of(
            "Conv2D /device:CPU:0", 2,
            "Conv2D /device:CPU:1", 2,
            "Conv2DBackpropFilter /device:CPU:0", 2,
            "Conv2DBackpropFilter /device:CPU:1", 2,
            "Conv2DBackpropInput /device:CPU:0", 2, // that of the pixels is never run
            "Conv2DBackpropInput /device:CPU:1", 2),
        kernels);
  }

  @Test
  void trainLayersWithStateAndRandomness() {
    Model model =
        Sequential.of(
            Input.of(12, 12, 3),
            Conv2D.of(4, 3),
            BatchNormalization.of(),
            Dropout.of(0.5),
            Flatten.of(),
            Dense.of(4).activation(ActivationFunction.SOFTMAX));
    Outcome outcome = run(model, OPTIONS.withDevices(TWO));
    assertTrue(Double.isFinite(outcome.history().get("loss").get(0)));
    float[] mean = outcome.weights().get("batch_normalization/moving_mean").floats();
    assertFalse(List.of(0f).contains(mean[0]), "the moving mean never moved");
  }

  @Test
  void areEachNamedOnce() {
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> OPTIONS.withDevices(Device.cpu(0), Device.cpu(0)));
    assertTrue(refused.getMessage().contains("each once, got ["), refused.getMessage());
    assertThrows(
        IllegalArgumentException.class, () -> OPTIONS.withDevices(Device.auto(), Device.cpu(1)));
    assertThrows(IllegalArgumentException.class, OPTIONS::withDevices);
  }

  private static Outcome run(Model model, TrainerOptions options) {
    return run(model, options, data(71));
  }

  private static Outcome run(Model model, TrainerOptions options, Dataset data) {
    List<Float> losses = new ArrayList<>();
    try (Trainer trainer = Trainer.compile(model, SETTINGS, options)) {
      Callback note =
          Callback.onBatch(
              batch -> {
                losses.add(batch.loss());
                return CallbackAction.proceed();
              });
      History history =
          trainer.fit(data, Fit.epochs(1).batchSize(16).shuffle(false).callbacks(note));
      return new Outcome(losses, history, trainer.weights(), trainer.evaluate(data));
    }
  }

  private static Dataset data(int samples) {
    return data(samples, 1);
  }

  /** The same samples several times, one after the other. */
  private static Dataset data(int samples, int times) {
    SplittableRandom random = new SplittableRandom(3);
    byte[] once = new byte[samples * 12 * 12 * 3];
    random.nextBytes(once);
    int[] kinds = random.ints(samples, 0, 4).toArray();
    byte[] pixels = new byte[once.length * times];
    int[] labels = new int[samples * times];
    for (int i = 0; i < times; i++) {
      System.arraycopy(once, 0, pixels, i * once.length, once.length);
      System.arraycopy(kinds, 0, labels, i * samples, samples);
    }
    return Dataset.of(Array.of(pixels, labels.length, 12, 12, 3), Array.of(labels, labels.length));
  }
}
