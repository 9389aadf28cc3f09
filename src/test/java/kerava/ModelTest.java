package kerava;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kerava.graph.Array;
import kerava.graph.Device;
import kerava.graph.Weights;
import kerava.layers.Add;
import kerava.layers.Conv2D;
import kerava.layers.Dense;
import kerava.layers.Flatten;
import kerava.layers.MaxPooling2D;
import kerava.train.Predictor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

final class ModelTest {
  private static void refused(String message, Executable code) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, code).getMessage());
  }

  private static Model small() {
    return Sequential.of(Input.of(4), Dense.of(3), Dense.of(2));
  }

  @Test
  void sequentialLeavesItsInputOutOfTheLayers() {
    Model model = small();
    assertEquals(Model.Kind.SEQUENTIAL, model.kind());
    assertEquals("sequential", model.name());
    assertEquals(
        List.of("dense", "dense_1"), model.layers().stream().map(NamedLayer::name).toList());
    assertEquals("input_layer", model.layersWithInputs().get(0).name());
    assertEquals("[-1, 4]", model.inputShape().toString());
    assertEquals("[-1, 2]", model.outputShape().toString());
    assertEquals(4 * 3 + 3 + 3 * 2 + 2, model.parameterCount());
    assertEquals(
        List.of("dense/kernel", "dense/bias", "dense_1/kernel", "dense_1/bias"),
        model.weights().stream().map(WeightSpec::name).toList());
  }

  @Test
  void theSeedNetworkHasTheShapesAndCountsThatKerasGives() {
    Model model =
        Sequential.of(
            Input.of(32, 32, 3),
            Conv2D.of(32, 3),
            MaxPooling2D.of(2),
            Conv2D.of(64, 3),
            MaxPooling2D.of(2),
            Conv2D.of(64, 3),
            Flatten.of(),
            Dense.of(64),
            Dense.of(10));
    assertEquals(122_570, model.parameterCount());
    assertEquals(
        List.of(896L, 0L, 18_496L, 0L, 36_928L, 0L, 65_600L, 650L),
        model.layers().stream()
            .map(named -> named.weights().stream().mapToLong(w -> w.shape().size()).sum())
            .toList());
    assertEquals("[-1, 4, 4, 64]", model.layer("conv2d_2").outputShape().toString());
  }

  @Test
  void namesTheLayerThatCannotTakeItsInput() {
    refused(
        "Conv2D \"conv2d_1\": expected input of rank 4 (batch, height, width, channels), got"
            + " [-1, 192]. Does a Flatten or Dense come before it?",
        () -> Sequential.of(Input.of(10, 10, 3), Conv2D.of(3, 3), Flatten.of(), Conv2D.of(3, 3)));
    refused(
        "Conv2D \"deep\": expected input of rank 4 (batch, height, width, channels), got [-1, 7]."
            + " Does a Flatten or Dense come before it?",
        () -> Sequential.of(Input.of(7), Conv2D.of(3, 3).named("deep")));
  }

  @Test
  void aFunctionalModelIsRefusedOnTheLineOfTheCall() {
    Node flat = Input.of(7);
    Layer conv = Conv2D.of(3, 3);
    refused(
        "Conv2D: expected input of rank 4 (batch, height, width, channels), got [-1, 7]. Does a"
            + " Flatten or Dense come before it?",
        () -> conv.apply(flat));
  }

  @Test
  void refusesAnInputThatIsNotOne() {
    Node x = Input.of(4);
    Node hidden = x.then(Dense.of(3));
    Node y = hidden.then(Dense.of(2));
    assertTrue(
        assertThrows(IllegalArgumentException.class, () -> Model.of(hidden, y))
            .getMessage()
            .startsWith("Model: expected every input of the outputs to be an input of the model"));
    refused(
        "Sequential: expected an input from Input.of, got Dense [-1, 3]."
            + " Is it the output of a layer?",
        () -> Sequential.of(hidden, Dense.of(2)));
  }

  @Test
  void refusesInputsThatAreMissingUselessOrThereTwice() {
    Node a = Input.named("a", 4);
    Node b = Input.named("b", 4);
    Node sum = Add.of().apply(a, b);
    refused(
        "Model: expected every input of the outputs to be an input of the model, got InputLayer"
            + " \"b\" [-1, 4] beside them. Is it left out of Model.of?",
        () -> Model.of(a, sum));
    Node inner = a.then(Dense.of(2));
    refused(
        "Model: expected outputs that follow from every input, got none from Dense [-1, 2].",
        () -> Model.of(List.of(a, inner), List.of(a.then(Dense.of(1)))));
    refused(
        "Model: expected each input once, got InputLayer \"a\" [-1, 4] twice.",
        () -> Model.of(List.of(a, a, b), List.of(sum)));
  }

  @Test
  void refusesAModelWithoutInputsOrOutputs() {
    refused("Model: expected at least one output, got none.", () -> Model.of(List.of(), List.of()));
    refused("Sequential: expected at least one layer, got none.", () -> Sequential.of(Input.of(4)));
  }

  @Test
  void namesTheLayersThatThereAreWhenOneIsAskedForThatIsNot() {
    refused(
        "Model \"sequential\": expected one of [input_layer, dense, dense_1], got \"conv\".",
        () -> small().layer("conv"));
  }

  @Test
  void frozenLayersKeepTheirPlaceAndAreNotTrained() {
    Model frozen = small().frozen("dense"::equals);
    assertEquals(4, frozen.weights().size());
    assertEquals(
        List.of("dense_1/kernel", "dense_1/bias"),
        frozen.trainableWeights().stream().map(WeightSpec::name).toList());
    assertFalse(frozen.layer("dense").layer().trainable());
    assertEquals(4, small().trainableWeights().size());
    assertEquals(
        frozen.trainableWeights(),
        Sequential.of(Input.of(4), Dense.of(3).frozen(), Dense.of(2)).trainableWeights());
  }

  @Test
  void modelsAreValues() {
    assertEquals(small(), small());
    assertEquals(small().hashCode(), small().hashCode());
    assertNotEquals(small(), small().named("other"));
    assertNotEquals(small(), Sequential.of(Input.of(4), Dense.of(3), Dense.of(3)));
    assertNotEquals(small(), small().frozen(name -> true));
    assertEquals("other", small().named("other").name());
    assertEquals("Sequential \"sequential\" of 3 layers", small().toString());
  }

  @Test
  void aSharedLayerHasOneSetOfWeightsAndUsesItEverywhere() {
    Node a = Input.named("a", 2);
    SharedLayer twice = SharedLayer.of(Dense.of(2).useBias(false).named("twice"));
    Model model = Model.of(a, a.then(twice).then(twice));
    assertEquals(1, model.weights().size());
    assertEquals(2, model.layer("twice").calls().size());
    Array kernel = Array.of(new float[] {1, 2, 3, 4}, 2, 2);
    // (1, 10) · K = (31, 42); (31, 42) · K = (157, 230).
    assertArrayEquals(
        new float[] {157, 230},
        outputs(model, Map.of("twice/kernel", kernel), Array.of(new float[] {1, 10}, 1, 2)));
  }

  @Test
  void aNestedModelComputesAsItDoesAlone() {
    Node i = Input.of(2);
    Node once = i.then(Dense.of(2).useBias(false));
    Model inner = Model.of(i, Add.of().apply(once, i)).named("block");
    Node x = Input.of(2);
    Model model = Model.of(x, inner.apply(inner.named("other").apply(x)));
    assertEquals(
        List.of("other/dense/kernel", "block/dense/kernel"),
        model.weights().stream().map(WeightSpec::name).toList());
    Map<String, Array> weights = new LinkedHashMap<>();
    weights.put("other/dense/kernel", Array.of(new float[] {1, 0, 0, 2}, 2, 2));
    weights.put("block/dense/kernel", Array.of(new float[] {0, 1, 1, 0}, 2, 2));
    // (1, 10) + (1, 20) = (2, 30); (2, 30) + (30, 2) = (32, 32).
    assertArrayEquals(
        new float[] {32, 32}, outputs(model, weights, Array.of(new float[] {1, 10}, 1, 2)));
  }

  @Test
  void aNestedModelRefusesOtherShapesAndFreezesAsAWhole() {
    Model inner = small().named("inner");
    refused(
        "Sequential \"inner\": expected input of [[-1, 4]], got [-1, 5].",
        () -> inner.apply(Input.of(5)));
    Node x = Input.of(4);
    Model outer = Model.of(x, x.then(ModelLayer.of(inner)).then(Dense.of(1)));
    assertEquals(6, outer.trainableWeights().size());
    assertEquals(
        List.of("dense/kernel", "dense/bias"),
        outer.frozen("inner"::equals).trainableWeights().stream().map(WeightSpec::name).toList());
    assertEquals(
        List.of("inner/dense_1/kernel", "inner/dense_1/bias", "dense/kernel", "dense/bias"),
        Model.of(x, x.then(ModelLayer.of(inner.frozen("dense"::equals))).then(Dense.of(1)))
            .trainableWeights()
            .stream()
            .map(WeightSpec::name)
            .toList());
  }

  private static float[] outputs(Model model, Map<String, Array> weights, Array inputs) {
    try (Predictor predictor = Predictor.of(model, Weights.of(weights), Device.cpu())) {
      return predictor.predict(inputs).floats();
    }
  }
}
