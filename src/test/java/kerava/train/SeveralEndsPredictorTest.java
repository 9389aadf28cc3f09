package kerava.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kerava.Input;
import kerava.Model;
import kerava.Node;
import kerava.StoredModel;
import kerava.WeightSpec;
import kerava.config.Catalog;
import kerava.config.Source;
import kerava.graph.Array;
import kerava.graph.Device;
import kerava.graph.Weights;
import kerava.layers.Dense;
import kerava.layers.Subtract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Predictions of a model with two inputs, whose difference and its sum are its outputs. */
final class SeveralEndsPredictorTest {
  private static final Model MODEL = model();
  private static final Array LESS = Array.of(new float[] {10, 20, 30, 40}, 2, 2);
  private static final Array MORE = Array.of(new byte[] {1, 2, 3, 4}, 2, 2);

  private final Predictor predictor = predictor(1 << 20);

  private static Model model() {
    Node less = Input.named("zebra", 2);
    Node more = Input.named("ant", 2);
    Node difference = Subtract.of().apply(less, more);
    Node sum = difference.then(Dense.of(1).useBias(false).named("sum"));
    return Model.of(List.of(less, more), List.of(difference, sum));
  }

  private static Predictor predictor(long constants) {
    Weights weights = Weights.of(Map.of("sum/kernel", Array.of(new float[] {1, 1}, 2, 1)));
    return Predictor.of(StoredModel.of(MODEL, weights), Device.cpu(), constants);
  }

  @AfterEach
  void close() {
    predictor.close();
  }

  private static void refused(String message, Executable code) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, code).getMessage());
  }

  @Test
  void takesInputsInOrder() {
    List<Array> outputs = predictor.predict(List.of(LESS, MORE));
    assertEquals(Array.of(new float[] {9, 18, 27, 36}, 2, 2), outputs.get(0));
    assertEquals(Array.of(new float[] {27, 63}, 2, 1), outputs.get(1));
    try (Predictor variables = predictor(0)) {
      assertEquals(outputs, variables.predict(List.of(LESS, MORE)));
    }
  }

  @Test
  void takesInputsByName() {
    assertEquals(List.of("zebra", "ant"), Predictor.inputNames(MODEL));
    Map<String, Array> inputs = new LinkedHashMap<>();
    inputs.put("ant", MORE);
    inputs.put("zebra", LESS);
    Map<String, Array> outputs = predictor.predict(inputs);
    assertEquals(List.of("output_0", "output_1"), List.copyOf(outputs.keySet()));
    assertEquals(predictor.predict(List.of(LESS, MORE)), List.copyOf(outputs.values()));
  }

  @Test
  void namesInputsByTheirKeysAsKerasDoes() {
    Node x = Input.named("a", 2);
    Node y = Input.named("b", 2);
    Model swapped = Model.of(Map.of("b", x, "a", y), Map.of("s", Subtract.of().apply(x, y)));
    assertEquals(List.of("a", "b"), Predictor.inputNames(swapped));
    try (Predictor keyed = Predictor.of(swapped, Weights.none(), Device.cpu())) {
      Array five = Array.of(new float[] {5, 5}, 1, 2);
      Array one = Array.of(new float[] {1, 1}, 1, 2);
      Map<String, Array> outputs = keyed.predict(Map.of("b", five, "a", one));
      assertEquals(Map.of("s", Array.of(new float[] {4, 4}, 1, 2)), outputs);
    }
  }

  @Test
  void manyRowsGoInBatchAfterBatch() {
    float[] counted = new float[1402];
    for (int i = 0; i < counted.length; i++) {
      counted[i] = i;
    }
    Array less = Array.of(counted, 701, 2);
    Array more = Array.of(new float[1402], 701, 2);
    List<Array> outputs = predictor.predict(List.of(less, more));
    assertEquals(less, outputs.get(0));
    assertEquals(701, outputs.get(1).shape().get(0));
    assertEquals(1400 + 1401, outputs.get(1).floats()[700]);
  }

  @Test
  void noRowsGiveNone() {
    Array none = Array.of(new float[0], 0, 2);
    List<Array> outputs = predictor.predict(List.of(none, none));
    assertEquals(List.of(none, Array.of(new float[0], 0, 1)), outputs);
  }

  @Test
  void numbersThatAreNoneGoThrough() {
    Array nan = Array.of(new float[] {Float.NaN, 1}, 1, 2);
    Array one = Array.of(new float[] {1, 1}, 1, 2);
    assertArrayEquals(
        new float[] {Float.NaN, 0}, predictor.predict(List.of(nan, one)).get(0).floats());
  }

  @Test
  void refusesWhatDoesNotFit() {
    String model = "Model \"functional\": ";
    refused(
        model + "expected 2 inputs (zebra, ant), got 1.", () -> predictor.predict(List.of(LESS)));
    refused(
        model + "expected the inputs zebra, ant, got bee, zebra.",
        () -> predictor.predict(Map.of("zebra", LESS, "bee", MORE)));
    refused(model + "expected the inputs zebra, ant, got none.", () -> predictor.predict(Map.of()));
    refused(
        model + "expected as many rows in every input, got zebra: 2, ant: 1.",
        () -> predictor.predict(List.of(LESS, Array.of(new float[2], 1, 2))));
    String input = "Model \"functional\" input \"ant\": expected FLOAT32 or UINT8 of shape [-1, 2]";
    for (Array wrong :
        List.of(
            Array.of(new float[4], 2, 2, 1),
            Array.of(new float[6], 2, 3),
            Array.of(new float[1]),
            Array.of(new int[4], 2, 2))) {
      refused(input + ", got " + wrong + ".", () -> predictor.predict(List.of(LESS, wrong)));
    }
    IllegalStateException one =
        assertThrows(IllegalStateException.class, () -> predictor.predict(LESS));
    assertEquals(
        model + "expected one input and one output, got 2 and 2. Give a list or a map.",
        one.getMessage());
  }

  @Test
  void inputsOfWholeNumbersTakeNoOthers() throws IOException {
    String json = "{\"batch_shape\": [null, 2], \"dtype\": \"uint8\"}";
    Source source = Source.root(new ObjectMapper().readTree(json), Catalog.empty());
    Node input = Input.SCHEMA.read(source).apply();
    Model model = Model.of(input, input.then(Dense.of(1).useBias(false)));
    Weights weights = Weights.of(Map.of("dense/kernel", Array.of(new float[] {1, 1}, 2, 1)));
    try (Predictor whole = Predictor.of(model, weights, Device.cpu())) {
      Array three = Array.of(new float[] {3}, 1, 1);
      assertEquals(three, whole.predict(Array.of(new byte[] {1, 2}, 1, 2)));
      assertEquals(three, whole.predict(Array.of(new float[] {1, 2}, 1, 2)));
      for (float wrong : new float[] {0.5f, -1, 256, Float.NaN}) {
        Array array = Array.of(new float[] {1, wrong}, 1, 2);
        String message =
            "Model \"functional\" input \"input_layer\": expected whole numbers, which fit into"
                + " uint8, got "
                + wrong
                + ".";
        refused(message, () -> whole.predict(array));
        refused(message, () -> whole.predict(List.of(array)));
      }
    }
  }

  @Test
  void weightsAndLayersHaveNoMoreNumbersThanCanBeCounted() {
    Node wide = Input.of(65_536);
    String weight =
        assertThrows(
                IllegalArgumentException.class,
                () -> Model.of(wide, wide.then(Dense.of(65_536))).weights())
            .getMessage();
    assertTrue(weight.contains("kernel: expected at most 2147483647 numbers"), weight);
    for (WeightSpec spec : MODEL.weights()) {
      assertEquals(2, spec.shape().size());
    }
  }
}
