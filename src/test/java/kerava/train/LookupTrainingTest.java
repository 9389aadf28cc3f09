package kerava.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import kerava.CompileSettings;
import kerava.Input;
import kerava.Model;
import kerava.Node;
import kerava.StoredModel;
import kerava.TestDevice;
import kerava.data.Dataset;
import kerava.graph.Array;
import kerava.graph.DType;
import kerava.graph.Device;
import kerava.graph.Weights;
import kerava.layers.ActivationFunction;
import kerava.layers.Concatenate;
import kerava.layers.Dense;
import kerava.layers.preprocessing.CategoryEncoding;
import kerava.layers.preprocessing.Discretization;
import kerava.layers.preprocessing.Hashing;
import kerava.layers.preprocessing.IntegerLookup;
import kerava.layers.preprocessing.OutputMode;
import kerava.layers.preprocessing.TextVectorization;
import kerava.losses.SparseCategoricalCrossentropy;
import kerava.metrics.SparseCategoricalAccuracy;
import kerava.optimizers.Adam;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Models that begin with lookups are trained, however steps are run. */
@Tag(TestDevice.TAG)
final class LookupTrainingTest {
  private static final int SAMPLES = 66;

  /** The class of a number is its place in this list, modulo 3. */
  private static final long[] KNOWN = {12, -5, 7, 1000, 3, 44};

  private static Model model() {
    Node number = Input.of(DType.INT64, 1);
    Node small = IntegerLookup.of(KNOWN).apply(number);
    Node rows =
        Concatenate.of()
            .apply(
                IntegerLookup.of(KNOWN).outputMode(OutputMode.ONE_HOT).apply(number),
                CategoryEncoding.of(7).apply(small),
                Hashing.of(5).outputMode(OutputMode.COUNT).apply(number),
                Discretization.of(0, 10, 100).outputMode(OutputMode.ONE_HOT).apply(number));
    return Model.of(number, Dense.of(3).activation(ActivationFunction.SOFTMAX).apply(rows));
  }

  private static Dataset data() {
    float[] numbers = new float[SAMPLES];
    int[] classes = new int[SAMPLES];
    for (int i = 0; i < SAMPLES; i++) {
      numbers[i] = KNOWN[i % KNOWN.length];
      classes[i] = i % KNOWN.length % 3;
    }
    return Dataset.of(Array.of(numbers, SAMPLES, 1), Array.of(classes, SAMPLES));
  }

  private static Trainer trainer(TrainerOptions options) {
    return Trainer.compile(
        model(),
        CompileSettings.of(
            Adam.of(0.1), SparseCategoricalCrossentropy.of(), SparseCategoricalAccuracy.of()),
        options.withSeed(3));
  }

  private static Weights trained(TrainerOptions options, Fit fit) {
    try (Trainer trainer = trainer(options)) {
      History history = trainer.fit(data(), fit.batchSize(11));
      List<Double> accuracy = history.get("sparse_categorical_accuracy");
      assertEquals(1, accuracy.get(accuracy.size() - 1), accuracy.toString());
      return trainer.weights();
    }
  }

  @Test
  void stepByStepOrSeveralAtOnceOrInParts() {
    TrainerOptions here = TrainerOptions.defaults().withDevice(TestDevice.get());
    Weights one = trained(here, Fit.epochs(8));
    assertNear(one, trained(here, Fit.epochs(8).stepsPerExecution(3)));
    assertNear(
        one,
        trained(TrainerOptions.defaults().withDevice(Device.cpu()).withReplicas(2), Fit.epochs(8)));
  }

  private static void assertNear(Weights expected, Weights got) {
    for (String name : expected.names()) {
      assertArrayEquals(expected.get(name).floats(), got.get(name).floats(), 1e-4f, name);
    }
  }

  /** Trained on numbers that were prepared before, and then put behind the preparation. */
  @Test
  void textsAreTakenByATrainedModel() {
    String[] texts = {"good film", "bad film", "a good one", "a bad one"};
    TextVectorization words = TextVectorization.of().outputMode(OutputMode.MULTI_HOT).adapt(texts);
    Node text = Input.of(DType.STRING);
    Model prepared = Model.of(text, words.apply(text)).named("prepared");
    Array rows;
    try (Predictor predictor = Predictor.of(prepared, Weights.none(), TestDevice.get())) {
      rows = predictor.predict(Array.of(texts, texts.length)).to(Array.Type.FLOAT32);
    }
    Node in = Input.of(rows.shape().get(1));
    Model head =
        Model.of(in, Dense.of(2).activation(ActivationFunction.SOFTMAX).apply(in)).named("head");
    Dataset data = Dataset.of(rows, Array.of(new int[] {1, 0, 1, 0}, 4));
    StoredModel trained;
    try (Trainer trainer =
        Trainer.compile(
            head,
            CompileSettings.of(
                Adam.of(0.1), SparseCategoricalCrossentropy.of(), SparseCategoricalAccuracy.of()),
            TrainerOptions.defaults().withDevice(TestDevice.get()))) {
      trainer.fit(data, Fit.epochs(30).batchSize(4));
      trained = StoredModel.of(trainer.model(), trainer.weights());
    }
    Node whole = Input.of(DType.STRING);
    Model both = Model.of(whole, head.apply(prepared.apply(whole)));
    Weights weights =
        Weights.of(
            both.weights().stream()
                .collect(
                    java.util.stream.Collectors.toMap(
                        spec -> spec.name(),
                        spec ->
                            trained
                                .weights()
                                .arrays()
                                .get(spec.name().endsWith("kernel") ? 0 : 1))));
    try (Predictor predictor = Predictor.of(both, weights, TestDevice.get())) {
      Array answers =
          predictor.predict(Array.of(new String[] {"Good!", "bad, bad", "good film"}, 3));
      assertTrue(answers.floats()[1] > 0.7 && answers.floats()[2] > 0.7, answers.toString());
      assertTrue(answers.floats()[5] > 0.7, answers.toString());
    }
  }
}
