package kerava.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import kerava.CompileSettings;
import kerava.Input;
import kerava.Loss;
import kerava.Model;
import kerava.Reduction;
import kerava.Sequential;
import kerava.TestDevice;
import kerava.data.Dataset;
import kerava.graph.Array;
import kerava.graph.Device;
import kerava.graph.Weights;
import kerava.layers.ActivationFunction;
import kerava.layers.Conv2D;
import kerava.layers.Dense;
import kerava.layers.Dropout;
import kerava.layers.Flatten;
import kerava.layers.MaxPooling2D;
import kerava.losses.SparseCategoricalCrossentropy;
import kerava.optimizers.Adam;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

final class TrainerTest {
  /** With everything that draws at random: first weights, dropout, the order of the samples. */
  private static final Model IMAGES =
      Sequential.of(
          Input.of(10, 10, 3),
          Conv2D.of(8, 3).activation(ActivationFunction.RELU),
          MaxPooling2D.of(2),
          Flatten.of(),
          Dropout.of(0.3),
          Dense.of(4).activation(ActivationFunction.SOFTMAX));

  private static Dataset pixels(int count) {
    Random random = new Random(7);
    byte[] pixels = new byte[count * 300];
    random.nextBytes(pixels);
    int[] labels = random.ints(count, 0, 4).toArray();
    return Dataset.of(Array.of(pixels, count, 10, 10, 3), Array.of(labels, count));
  }

  private static Trainer images(long seed) {
    return Trainer.compile(
        IMAGES,
        CompileSettings.of(Adam.of(), SparseCategoricalCrossentropy.of()),
        TrainerOptions.defaults().withSeed(seed).withDevice(Device.cpu()));
  }

  private record Trained(Map<String, List<Double>> history, Weights weights) {
    static Trained of(long seed, Fit fit) {
      try (Trainer trainer = images(seed)) {
        Map<String, List<Double>> history = trainer.fit(pixels(70), fit).metrics();
        return new Trained(history, trainer.weights());
      }
    }
  }

  static void refused(String message, Executable code) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, code).getMessage());
  }

  @Test
  void theSameSeedGivesTheSameHistoryAndWeightsBitForBit() {
    Trained first = Trained.of(5, Fit.epochs(3));
    assertEquals(first, Trained.of(5, Fit.epochs(3)));
    Trained other = Trained.of(6, Fit.epochs(3));
    assertNotEquals(first.history(), other.history());
    assertNotEquals(first.weights(), other.weights());
  }

  @Test
  void theOrderOfTheSamplesMattersAndChangesFromEpochToEpoch() {
    try (Trainer straight = Small.trainer();
        Trainer shuffled = Small.trainer();
        Trainer otherwise = Small.trainer(1)) {
      Fit fit = Fit.epochs(1).batchSize(4);
      straight.fit(Small.DATA, fit.shuffle(false));
      shuffled.fit(Small.DATA, fit);
      otherwise.fit(Small.DATA, fit);
      assertNotEquals(straight.weights(), shuffled.weights());
      assertNotEquals(otherwise.weights(), shuffled.weights());
    }
    try (Trainer first = Small.trainer();
        Trainer second = Small.trainer()) {
      first.fit(Small.DATA, Fit.epochs(1).batchSize(4));
      second.fit(Small.DATA, Fit.epochs(2).batchSize(4).initialEpoch(1));
      assertNotEquals(first.weights(), second.weights());
    }
  }

  @Test
  void aRestoredRunGoesOnAsIfItHadNeverStopped() {
    Dataset data = pixels(70);
    try (Trainer whole = images(5);
        Trainer before = images(5);
        Trainer after = images(5)) {
      List<Double> losses = whole.fit(data, Fit.epochs(4)).get("loss");
      before.fit(data, Fit.epochs(2));
      after.restore(before.state());
      assertEquals(
          losses.subList(2, 4), after.fit(data, Fit.epochs(4).initialEpoch(2)).get("loss"));
      assertEquals(whole.state(), after.state());
      assertEquals(12, after.state().optimizer().iterations());
    }
  }

  @Test
  void predictsWhatItEvaluates() {
    Dataset data = pixels(612);
    try (Trainer trainer = images(1);
        Predictor predictor = Predictor.of(IMAGES, trainer.weights(), Device.cpu())) {
      Array outputs = trainer.predict(data);
      assertEquals("[612, 4]", outputs.shape().toString());
      double loss = 0;
      for (int i = 0; i < 612; i++) {
        loss -= Math.log(outputs.floats()[4 * i + data.labels().ints()[i]]) / 612;
      }
      assertEquals(loss, trainer.evaluate(data).loss(), 1e-5);
      assertArrayEquals(outputs.floats(), predictor.predict(data).floats(), 1e-6f);
    }
  }

  @Test
  void bytesAndTheFloatsTheyStandForAreTheSame() {
    Dataset bytes = pixels(20);
    float[] floats = new float[20 * 300];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = Byte.toUnsignedInt(bytes.inputs().bytes()[i]) / 255f;
    }
    Dataset same = Dataset.of(Array.of(floats, 20, 10, 10, 3), bytes.labels());
    try (Trainer trainer = images(1)) {
      assertArrayEquals(trainer.predict(bytes).floats(), trainer.predict(same).floats(), 1e-6f);
      assertEquals(trainer.evaluate(bytes).loss(), trainer.evaluate(same).loss(), 1e-6);
    }
  }

  @Test
  void holdsAndChangesTheLearningRate() {
    try (Trainer trainer = Small.trainer()) {
      assertEquals(0.01, trainer.learningRate(), 1e-9);
      trainer.learningRate(0);
      trainer.fit(Small.DATA, Fit.epochs(1));
      assertEquals(Small.weights(), trainer.weights());
      trainer.learningRate(0.5);
      assertEquals(0.5f, trainer.state().optimizer().learningRate().orElseThrow());
      for (double rate : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
        refused(
            "Trainer learning rate: expected a number of at least 0, got " + rate + ".",
            () -> trainer.learningRate(rate));
      }
    }
  }

  @Test
  void trainsOnAMeanThatIsWeighted() {
    Loss mean = Small.settings().loss();
    Loss weighted = SparseCategoricalCrossentropy.of().reduction(Reduction.MEAN_WITH_SAMPLE_WEIGHT);
    float[] expected = trained(mean);
    assertArrayEquals(expected, trained(weighted), 1e-6f);
  }

  private static float[] trained(Loss loss) {
    TrainerOptions options = TrainerOptions.defaults().withDevice(TestDevice.get());
    CompileSettings settings = CompileSettings.of(Adam.of(0.01), loss);
    try (Trainer trainer = Trainer.compile(Small.MODEL, settings, options)) {
      trainer.restore(Small.weights());
      trainer.fit(Small.DATA, Fit.epochs(2).shuffle(false));
      return trainer.weights().get("dense/kernel").floats();
    }
  }

  @Test
  void frozenLayersKeepTheirWeights() {
    Model frozen = Small.MODEL.frozen("dense"::equals);
    try (Trainer trainer = Trainer.compile(frozen, Adam.of(0.1), Small.settings().loss())) {
      trainer.restore(Small.weights());
      trainer.fit(Small.DATA, Fit.epochs(2));
      assertEquals(Small.weights().get("dense/kernel"), trainer.weights().get("dense/kernel"));
      assertNotEquals(
          Small.weights().get("dense_1/kernel"), trainer.weights().get("dense_1/kernel"));
    }
    refused(
        "Trainer: expected a model with weights to train, got none in \"sequential\". Are all"
            + " layers frozen?",
        () -> Trainer.compile(frozen.frozen(name -> true), Adam.of(), Small.settings().loss()));
  }

  @Test
  void layersMayBeNamedAsPartsOfTheGraphAre() {
    List<String> names =
        List.of(
            "Initial",
            "train",
            "infer",
            "feeds",
            "ports",
            "optimizer",
            "learning_rate",
            "iteration",
            "initial",
            "a layer",
            "a_layer",
            "_x",
            "größe");
    List<kerava.Layer> layers = names.stream().map(name -> Dense.of(6).named(name)).toList();
    Model model = Sequential.of(Input.of(6), layers);
    try (Trainer trainer = Trainer.compile(model, Adam.of(), Small.settings().loss())) {
      trainer.fit(Small.DATA, Fit.epochs(1));
      assertEquals(
          names.stream().flatMap(n -> Stream.of(n + "/kernel", n + "/bias")).toList(),
          List.copyOf(trainer.weights().names()));
      assertEquals("[21, 6]", trainer.predict(Small.DATA).shape().toString());
    }
  }
}
