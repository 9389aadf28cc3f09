package kerava.saving.export;

import static kerava.saving.export.ServedModel.MODEL;
import static kerava.saving.export.ServedModel.WEIGHTS;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import kerava.ClassScore;
import kerava.Input;
import kerava.Model;
import kerava.Sequential;
import kerava.graph.Array;
import kerava.graph.Tensors;
import kerava.images.Scaling;
import kerava.layers.ActivationFunction;
import kerava.layers.Dense;
import kerava.saving.LoadedModel;
import kerava.saving.ModelOutputs;
import kerava.saving.SavedModels;
import kerava.saving.SeedModel;
import kerava.saving.savedmodel.StringTensors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Tensor;
import org.tensorflow.proto.SignatureDef;

/** What an export answers to requests of TensorFlow Serving, and what it refuses. */
final class ServingAnswersTest {
  @TempDir static Path base;
  private static Path version;

  @BeforeAll
  static void export() throws IOException {
    version = SavedModels.export(MODEL, WEIGHTS, base);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 32})
  void aBatchIsWorthItsParts(int size) throws IOException {
    byte[] pixels = new byte[32 * 192];
    new Random(3).nextBytes(pixels);
    try (LoadedModel model = LoadedModel.open(version)) {
      float[] whole =
          model.call(RequestSamples.floats(Array.of(pixels, 32, 8, 8, 3), Scaling.UNIT)).floats();
      float[] classified = scores(model, pixels);
      for (int first = 0; first < 32; first += size) {
        int last = Math.min(32, first + size);
        byte[] part = Arrays.copyOfRange(pixels, first * 192, last * 192);
        Array images = RequestSamples.floats(Array.of(part, last - first, 8, 8, 3), Scaling.UNIT);
        assertPart(whole, first, model.call(images).floats());
        assertPart(classified, first, scores(model, part));
      }
    }
  }

  private static void assertPart(float[] whole, int first, float[] part) {
    assertArrayEquals(Arrays.copyOfRange(whole, 5 * first, 5 * first + part.length), part, 1e-6f);
  }

  private static float[] scores(LoadedModel model, byte[] pixels) {
    List<byte[]> samples = RequestSamples.bytes(Array.of(pixels, pixels.length / 192, 192));
    try (Tensor strings = StringTensors.tensor(samples);
        ModelOutputs outputs = model.run("classify_bytes", Map.of("image_bytes", strings))) {
      return outputs.array("scores").floats();
    }
  }

  @Test
  void aWrongShapeIsRefusedByTheNameOfTheInput() {
    // As the server does: without a look at the signature.
    try (SavedModelBundle bundle = SavedModelBundle.load(version.toString(), "serve");
        Tensor small = Tensors.of(Array.of(new float[48], 1, 4, 4, 3))) {
      SignatureDef signature = bundle.metaGraphDef().getSignatureDefOrThrow("serving_default");
      Exception e =
          assertThrows(
              IllegalArgumentException.class,
              () ->
                  bundle
                      .session()
                      .runner()
                      .feed(signature.getInputsOrThrow("input_layer").getName(), small)
                      .fetch(signature.getOutputsOrThrow("output_0").getName())
                      .run()
                      .close());
      String message = String.valueOf(e.getMessage());
      assertTrue(message.contains("input_layer"), message);
      assertTrue(message.contains("[?,8,8,3]"), message);
    }
  }

  @Test
  void anExampleWithoutTheFeatureIsRefusedByItsName() throws IOException {
    try (LoadedModel model = LoadedModel.open(version);
        Tensor empty = StringTensors.tensor(List.of(new byte[0]))) {
      Exception e =
          assertThrows(
              IllegalArgumentException.class,
              () -> model.run("classify_examples", Map.of("inputs", empty)));
      assertTrue(String.valueOf(e.getMessage()).contains("image_bytes"), e.getMessage());
    }
  }

  @Test
  void examplesSayWhatFloatsSay() throws IOException {
    Model model = Sequential.of(Input.of(4), Dense.of(3).activation(ActivationFunction.SOFTMAX));
    Path folder = base.resolve("examples");
    SavedModels.export(model, SeedModel.weights(model, 2), folder);
    Array x = Array.of(new float[] {1, -2, 3, -4, .5f, .25f, 0, 1}, 2, 4);
    try (LoadedModel loaded = LoadedModel.open(folder);
        Tensor examples = StringTensors.tensor(TfExamples.of(model, List.of(x)));
        ModelOutputs outputs = loaded.run("classify_examples", Map.of("inputs", examples))) {
      List<ClassScore> expected = loaded.classify(x).stream().flatMap(List::stream).toList();
      assertEquals(expected.stream().map(ClassScore::name).toList(), outputs.texts("classes"));
      float[] scores = outputs.array("scores").floats();
      for (int i = 0; i < scores.length; i++) {
        assertEquals(expected.get(i).score(), scores[i], 1e-6);
      }
    }
  }
}
