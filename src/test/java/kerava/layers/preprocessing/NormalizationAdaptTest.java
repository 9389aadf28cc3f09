package kerava.layers.preprocessing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import kerava.Golden;
import kerava.Input;
import kerava.Model;
import kerava.Node;
import kerava.graph.Array;
import kerava.graph.Device;
import kerava.graph.Weights;
import kerava.interop.Near;
import kerava.layers.KerasConfig;
import kerava.layers.Normalization;
import kerava.train.Predictor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a Normalization learns of data is what Keras' learns. */
final class NormalizationAdaptTest {
  static List<JsonNode> cases() {
    return Golden.items(Golden.read("preprocessing.json").get("normalizations"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void learnsWhatKerasLearns(JsonNode golden) {
    List<Array> batches = new ArrayList<>();
    golden.get("batches").forEach(each -> batches.add(TypedCase.array(each)));
    int[] axes = Golden.items(golden.get("axis")).stream().mapToInt(JsonNode::intValue).toArray();
    Normalization layer = Normalization.adapt(batches, axes);
    for (String key : List.of("mean", "variance")) {
      JsonNode numbers = KerasConfig.write(layer).get(key);
      float[] got =
          numbers.isNumber() ? new float[] {numbers.floatValue()} : Golden.floats(numbers);
      Array expected = TypedCase.array(golden.get(key));
      Near.assertNear(expected, Array.of(got, expected.shape().asArray()), 1e-5);
    }
    long[] all = TypedCase.array(golden.get("output")).shape().asArray();
    Node in = Input.of(Arrays.copyOfRange(all, 1, all.length));
    Model model = Model.of(in, layer.apply(in));
    try (Predictor predictor = Predictor.of(model, Weights.none(), Device.cpu())) {
      Array rows = kerava.graph.Rows.joined(batches);
      Map<String, Array> given = Map.of(model.inputNames().get(0), rows);
      Near.assertNear(
          TypedCase.array(golden.get("output")),
          predictor.predict(given).values().iterator().next(),
          1e-5);
    }
  }

  @Test
  void batchesGoTogether() {
    assertEquals(
        "Normalization: expected 2 numbers along the axes [-1], as before, got 3 in FLOAT32 [1,"
            + " 3].",
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    Normalization.adapt(
                        List.of(Array.of(new float[2], 1, 2), Array.of(new float[3], 1, 3)), -1))
            .getMessage());
    assertEquals(
        "Normalization: expected samples, got none.",
        assertThrows(
                IllegalArgumentException.class, () -> Normalization.adapt(List.<Array>of(), -1))
            .getMessage());
  }
}
