package kerava.train;

import static kerava.KerasCase.assertClose;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import kerava.CompileSettings;
import kerava.Golden;
import kerava.Input;
import kerava.KerasCase;
import kerava.Labels;
import kerava.Layer;
import kerava.Loss;
import kerava.Model;
import kerava.Node;
import kerava.Sequential;
import kerava.TestDevice;
import kerava.config.Catalog;
import kerava.config.Codec;
import kerava.config.Source;
import kerava.constraints.Constraint;
import kerava.constraints.ConstraintSchemas;
import kerava.data.Dataset;
import kerava.graph.Array;
import kerava.graph.Weights;
import kerava.initializers.Initializer;
import kerava.initializers.InitializerSchemas;
import kerava.layers.LayerSchemas;
import kerava.losses.LossSchemas;
import kerava.optimizers.SGD;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Twelve steps with losses of images, rows of labels and whole batches, as Python Keras makes them:
 * in one piece, in parts side by side, and several steps in a run.
 */
@Tag(TestDevice.TAG)
final class LossTrainingGoldenTest {
  private static final Catalog CATALOG =
      Catalog.empty()
          .with(Layer.class, LayerSchemas.all())
          .with(Initializer.class, InitializerSchemas.all())
          .with(Constraint.class, ConstraintSchemas.all())
          .with(Loss.class, LossSchemas.all());

  /** One training of Python's. */
  private record Training(JsonNode json, Model model, Loss loss) {
    static Training of(JsonNode json) {
      Layer[] layers =
          Golden.items(json.get("layers")).stream()
              .map(layer -> read(Layer.class, layer))
              .toArray(Layer[]::new);
      long[] input = KerasCase.array(json.get("x")).shape().asArray();
      Node node = Input.of(IntStream.range(1, input.length).mapToLong(i -> input[i]).toArray());
      return new Training(json, Sequential.of(node, layers), read(Loss.class, json.get("loss")));
    }

    private static <T extends kerava.config.Configured> T read(Class<T> kind, JsonNode json) {
      return Codec.object(kind).read(Source.root(json, CATALOG));
    }

    Dataset data() {
      Array numbers = KerasCase.array(json.get("y"));
      boolean classes = loss.labels() == Labels.Kind.CLASSES;
      Array labels = classes ? new KerasCase(json).classes("y") : numbers;
      return Dataset.of(KerasCase.array(json.get("x")), labels);
    }

    Weights weights(String name) {
      Map<String, Array> weights = new LinkedHashMap<>();
      for (int i = 0; i < model.weights().size(); i++) {
        weights.put(model.weights().get(i).name(), KerasCase.array(json.get(name).get(i)));
      }
      return Weights.of(weights);
    }

    @Override
    public String toString() {
      return loss.schema().className();
    }
  }

  static List<Training> trainings() {
    return Golden.items(Golden.read("loss_training.json").get("trainings")).stream()
        .map(Training::of)
        .toList();
  }

  @Test
  void hasEachLossOfItsKind() {
    assertEquals(11, trainings().size());
  }

  @ParameterizedTest
  @MethodSource("trainings")
  void goesAsInKeras(Training golden) {
    assertGoes(golden, TrainerOptions.defaults().withReplicas(1), fit(golden));
  }

  @ParameterizedTest
  @MethodSource("trainings")
  void goesSoInParts(Training golden) {
    assertGoes(golden, TrainerOptions.defaults().withReplicas(3), fit(golden));
  }

  @ParameterizedTest
  @MethodSource("trainings")
  void goesSoSeveralStepsInARun(Training golden) {
    assertGoes(golden, TrainerOptions.defaults().withReplicas(1), fit(golden).stepsPerExecution(3));
  }

  private static Fit fit(Training golden) {
    Fit fit = Fit.epochs(4).batchSize(4).shuffle(false).validation(golden.data());
    JsonNode weights = golden.json().get("sample_weight");
    return weights.isNull() ? fit : fit.sampleWeights(KerasCase.array(weights).floats());
  }

  private static void assertGoes(Training golden, TrainerOptions options, Fit fit) {
    CompileSettings settings = CompileSettings.of(SGD.of(0.05).momentum(0.5), golden.loss());
    TrainerOptions chosen = options.withSeed(1).withDevice(TestDevice.get());
    try (Trainer trainer = Trainer.compile(golden.model(), settings, chosen)) {
      trainer.restore(golden.weights("start"));
      History history = trainer.fit(golden.data(), fit);
      for (String name : List.of("loss", "val_loss")) {
        List<Double> got = history.get(name);
        JsonNode wanted = golden.json().get("history").get(name);
        assertEquals(wanted.size(), got.size());
        for (int i = 0; i < got.size(); i++) {
          assertNear(wanted.get(i).asDouble(), got.get(i), name + " " + i);
        }
      }
      Weights wanted = golden.weights("weights");
      for (String name : wanted.names()) {
        assertClose(
            wanted.get(name), trainer.weights().get(name), TestDevice.tolerance(1e-5), name);
      }
      assertNear(
          golden.json().get("evaluated").asDouble(),
          trainer.evaluate(golden.data()).loss(),
          "evaluated");
    }
  }

  private static void assertNear(double wanted, double got, String what) {
    assertEquals(wanted, got, TestDevice.tolerance(1e-5) * Math.max(1, Math.abs(wanted)), what);
  }
}
