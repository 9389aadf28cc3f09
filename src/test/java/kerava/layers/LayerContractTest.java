package kerava.layers;

import static kerava.DTypePolicy.MIXED_BFLOAT16;
import static kerava.DTypePolicy.MIXED_FLOAT16;
import static kerava.layers.Close.assertClose;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kerava.DTypePolicy;
import kerava.Inputs;
import kerava.Layer;
import kerava.TestDevice;
import kerava.WeightSpec;
import kerava.config.Schema;
import kerava.graph.Array;
import kerava.graph.Mode;
import kerava.graph.TensorSpec;
import kerava.layers.attention.AttentionSchemas;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.ndarray.Shape;

/** What every layer keeps to, checked against what Keras gave in the same place. */
@Tag(TestDevice.TAG)
final class LayerContractTest {
  private static final double FORWARD = TestDevice.tolerance(1e-5);
  private static final double GRADIENT = TestDevice.tolerance(1e-4);

  static List<GoldenCase> cases() {
    return GoldenCase.all();
  }

  private static final float LARGEST_FLOAT16 = 65504;

  /** Layers that give one of the numbers that they see. */
  private static boolean chooses(String className) {
    return className.contains("MaxPooling") || Set.of("Maximum", "Minimum").contains(className);
  }

  private static Layer layer(GoldenCase golden) {
    return (Layer) KerasConfig.read(Layer.class, golden.className(), golden.config());
  }

  @Test
  void everyLayerIsChecked() {
    Set<String> checked = new HashSet<>();
    cases().forEach(golden -> checked.add(golden.className()));
    List<Schema<? extends Layer>> schemas = new ArrayList<>(LayerSchemas.all());
    schemas.addAll(AttentionSchemas.all());
    for (Schema<?> schema : schemas) {
      assertTrue(checked.contains(schema.className()), schema.className() + " has no case");
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void writesWhatKerasWrites(GoldenCase golden) {
    Layer layer = layer(golden);
    var json = KerasConfig.write(layer);
    if (golden.config().has("name")) {
      KerasConfig.assertSame(golden.config(), json, golden.className());
    }
    assertEquals(layer, KerasConfig.read(Layer.class, golden.className(), json));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void knowsItsWeightsAndShape(GoldenCase golden) {
    Layer layer = layer(golden);
    List<Shape> shapes = golden.inputs().stream().map(Array::shape).toList();
    Inputs inputs =
        new Inputs(
            "test",
            shapes.stream().map(TensorSpec::floats).toList(),
            layer.arguments(shapes.size()));
    assertEquals(golden.output().shape(), layer.outputShape(inputs));
    List<WeightSpec> weights = layer.weights(inputs);
    assertEquals(
        List.copyOf(golden.weights().keySet()), weights.stream().map(WeightSpec::name).toList());
    weights.forEach(
        spec -> assertEquals(golden.weights().get(spec.name()).shape(), spec.shape(), spec.name()));
    if (layer.trainable() && golden.hasGradients()) {
      assertEquals(
          List.copyOf(golden.weightGradients().keySet()),
          weights.stream().filter(WeightSpec::trainable).map(WeightSpec::name).toList());
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void computesWhatKerasComputes(GoldenCase golden) {
    LayerRun run =
        LayerRun.of(layer(golden), golden.inputs())
            .weights(golden.weights())
            .drawing(golden.draws());
    for (Mode mode : modes(golden)) {
      LayerRun.Outcome outcome =
          (golden.hasGradients() ? run.differentiated(golden.upstream()) : run).run(mode);
      assertClose(golden.output(), outcome.output(), FORWARD, mode + " output");
      List<Array> expected = new ArrayList<>();
      if (golden.hasGradients()) {
        expected.addAll(golden.inputGradients());
        expected.addAll(golden.weightGradients().values());
      }
      assertEquals(expected.size(), outcome.gradients().size());
      for (int i = 0; i < expected.size(); i++) {
        assertClose(expected.get(i), outcome.gradients().get(i), GRADIENT, mode + " gradient " + i);
      }
      for (Map.Entry<String, Array> after : golden.weightsAfter().entrySet()) {
        Array got = outcome.weightsAfter().get(after.getKey());
        assertClose(after.getValue(), got, FORWARD, mode + " " + after.getKey() + " after");
      }
      // Shape.equals holds two unknown dimensions for different.
      assertArrayEquals(run.model().outputShape().asArray(), outcome.graphShape().asArray());
    }
  }

  private static float largest(Array array) {
    float largest = 0;
    for (float number : array.floats()) {
      largest = Math.max(largest, Math.abs(number));
    }
    return largest;
  }

  /** There is a kernel for each operation, forward and back, and what it gives is near. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void computesUnderMixedPolicies(GoldenCase golden) {
    for (DTypePolicy policy : List.of(MIXED_BFLOAT16, MIXED_FLOAT16)) {
      Layer layer = layer(golden).withPolicy(policy);
      assertEquals(policy, layer.policy());
      LayerRun run =
          LayerRun.of(layer, golden.inputs()).weights(golden.weights()).drawing(golden.draws());
      if (policy == MIXED_FLOAT16 && largest(golden.output()) > LARGEST_FLOAT16) {
        continue;
      }
      LayerRun.Outcome outcome =
          (golden.hasGradients() ? run.differentiated(golden.upstream()) : run)
              .run(modes(golden).get(0));
      assertClose(golden.output(), outcome.output(), 0.03, policy + " output");
      List<Array> expected = new ArrayList<>();
      // Where rounding makes two numbers equal, the gradient of the larger one goes elsewhere.
      if (golden.hasGradients() && !chooses(golden.className())) {
        expected.addAll(golden.inputGradients());
        expected.addAll(golden.weightGradients().values());
      }
      for (int i = 0; i < expected.size(); i++) {
        assertClose(expected.get(i), outcome.gradients().get(i), 0.1, policy + " gradient " + i);
      }
    }
  }

  /** Keras' calls that were not told are inference; a layer that is not random does not care. */
  private static List<Mode> modes(GoldenCase golden) {
    if (golden.toldTraining()) {
      return List.of(golden.training().asBoolean() ? Mode.TRAIN : Mode.INFER);
    }
    boolean random =
        Set.of("Dropout", "GaussianNoise").contains(golden.className())
            || golden.className().startsWith("SpatialDropout");
    return random ? List.of(Mode.INFER) : List.of(Mode.INFER, Mode.TRAIN);
  }
}
