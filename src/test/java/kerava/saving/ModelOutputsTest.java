package kerava.saving;

import static kerava.interop.KerasFixtures.file;
import static kerava.layers.ActivationFunction.SOFTMAX;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import kerava.Input;
import kerava.Model;
import kerava.Sequential;
import kerava.graph.Array;
import kerava.graph.Weights;
import kerava.layers.Dense;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.types.TFloat32;

/** What a call gave: names, numbers, texts, and what there is not. */
final class ModelOutputsTest {
  @TempDir Path folder;

  private Path export() throws IOException {
    Model model = Sequential.of(Input.named("in", 2), Dense.of(3).activation(SOFTMAX).named("d"));
    Weights weights =
        Weights.of(
            Map.of(
                "d/kernel", Array.of(new float[] {0, 1, 2, 0, 0, 0}, 2, 3),
                "d/bias", Array.of(new float[3], 3)));
    ExportOptions options =
        ExportOptions.defaults().classNames(List.of("low", "mid", "high")).topK(2);
    SavedModels.export(model, weights, folder, options);
    return folder;
  }

  @Test
  void hasNamesInOrderAndNumbersAndTexts() throws IOException {
    try (LoadedModel model = LoadedModel.open(export());
        TFloat32 x =
            TFloat32.tensorOf(
                org.tensorflow.ndarray.StdArrays.ndCopyOf(new float[][] {{1, 0}, {-1, 0}}));
        ModelOutputs outputs = model.run("classify", Map.of("in", x))) {
      assertEquals(List.of("classes", "scores"), List.copyOf(outputs.names()));
      assertEquals(List.of("high", "mid", "low", "mid"), outputs.texts("classes"));
      float sum = (float) (1 + Math.E + Math.E * Math.E);
      float high = (float) (Math.E * Math.E) / sum;
      float mid = (float) Math.E / sum;
      assertArrayEquals(
          new float[] {high, mid, high, mid}, outputs.array("scores").floats(), 1e-6f);
      assertEquals(
          List.of(List.of("high", "mid"), List.of("low", "mid")),
          outputs.classes().stream()
              .map(sample -> sample.stream().map(score -> score.name()).toList())
              .toList());
      assertEquals(
          "ModelOutputs scores: expected texts, got float32.",
          assertThrows(IllegalArgumentException.class, () -> outputs.texts("scores")).getMessage());
      assertEquals(
          "ModelOutputs: expected one of [classes, scores], got \"other\".",
          assertThrows(IllegalArgumentException.class, () -> outputs.tensor("other")).getMessage());
    }
  }

  @Test
  void truthsAreZeroOrOne() throws IOException {
    try (LoadedModel model = LoadedModel.open(file("tf_types"))) {
      Map<String, Array> inputs = new java.util.HashMap<>();
      model.signature("all").inputs().forEach((name, value) -> inputs.put(name, zeros(value)));
      Map<String, Array> outputs = model.call("all", inputs);
      assertEquals(model.signature("all").outputs().keySet(), outputs.keySet());
      byte[] two = inputs.get("truth").bytes().clone();
      two[0] = 2;
      inputs.put("truth", Array.of(two, inputs.get("truth").shape().asArray()));
      assertEquals(
          "Signature \"all\" input \"truth\": expected truths, 0 or 1, got 2.",
          assertThrows(IllegalArgumentException.class, () -> model.call("all", inputs))
              .getMessage());
    }
  }

  private static Array zeros(ModelSignature.Value value) {
    long[] shape = java.util.Arrays.stream(value.shape().asArray()).map(Math::abs).toArray();
    int size = (int) java.util.Arrays.stream(shape).reduce(1, (one, two) -> one * two);
    return switch (value.type()) {
      case "int32" -> Array.of(new int[size], shape);
      case "int64" -> Array.of(new long[size], shape);
      case "uint8", "bool" -> Array.of(new byte[size], shape);
      default -> Array.of(new float[size], shape);
    };
  }
}
