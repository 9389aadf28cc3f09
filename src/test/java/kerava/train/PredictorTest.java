package kerava.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import kerava.Input;
import kerava.Layer;
import kerava.Model;
import kerava.Node;
import kerava.Sequential;
import kerava.StoredModel;
import kerava.WeightSpec;
import kerava.config.Catalog;
import kerava.config.Source;
import kerava.data.Dataset;
import kerava.graph.Array;
import kerava.graph.Device;
import kerava.graph.Weights;
import kerava.layers.ActivationFunction;
import kerava.layers.BatchNormalization;
import kerava.layers.Conv2D;
import kerava.layers.Conv2DTranspose;
import kerava.layers.Dense;
import kerava.layers.Dropout;
import kerava.layers.Flatten;
import kerava.layers.Identity;
import kerava.layers.Padding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

final class PredictorTest {
  private static Predictor predictor() {
    return Predictor.of(Small.MODEL, Small.weights(), Device.cpu());
  }

  @Test
  void equalsTheTrainerItsWeightsCameFrom() {
    try (Trainer trainer = Small.trainer()) {
      trainer.fit(Small.DATA, Fit.epochs(2));
      try (Predictor predictor = Predictor.of(Small.MODEL, trainer.weights(), Device.cpu())) {
        float[] expected = trainer.predict(Small.DATA).floats();
        assertArrayEquals(expected, predictor.predict(Small.DATA).floats(), 1e-6f);
        assertArrayEquals(expected, predictor.predict(Small.DATA.inputs()).floats(), 1e-6f);
      }
    }
  }

  /** Batch normalization behind what is linear and what is not, for images and for rows. */
  private static final Model NORMALIZED =
      Sequential.of(
          Input.of(8, 8, 3),
          BatchNormalization.of(),
          Conv2D.of(4, 3).padding(Padding.SAME),
          BatchNormalization.of(),
          Conv2D.of(5, 3).useBias(false).activation(ActivationFunction.RELU),
          BatchNormalization.of().axis(1).scale(false),
          Flatten.of(),
          Dense.of(6),
          BatchNormalization.of().center(false),
          Dense.of(3).activation(ActivationFunction.SOFTMAX));

  @Test
  void givesTheSameWithConstantsAndWithVariables() {
    Random random = new Random(4);
    Map<String, Array> arrays = new LinkedHashMap<>();
    for (WeightSpec spec : NORMALIZED.weights()) {
      float[] values = new float[(int) spec.shape().size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = spec.name().endsWith("variance") ? random.nextFloat(0.1f, 3) : gauss(random);
      }
      arrays.put(spec.name(), Array.of(values, spec.shape().asArray()));
    }
    Weights weights = Weights.of(arrays);
    Dataset images = KilledTraining.data(5, 40);
    for (int batch : new int[] {1, 40}) {
      Dataset some = images.take(batch);
      try (Predictor constants = Predictor.of(NORMALIZED, weights, Device.cpu());
          Predictor variables =
              Predictor.of(StoredModel.of(NORMALIZED, weights), Device.cpu(), 0)) {
        float[] expected = variables.predict(some).floats();
        assertArrayEquals(expected, constants.predict(some).floats(), 1e-5f);
        assertNotEquals(expected[0], 1 / 3f, 1e-3f);
      }
    }
    Weights other = weights.with(Weights.of(Map.of("dense/bias", Array.of(new float[2], 2))));
    refused(
        "dense/bias: expected FLOAT32 [6], got FLOAT32 [2].",
        () -> Predictor.of(NORMALIZED, other, Device.cpu()));
  }

  private static float gauss(Random random) {
    return (float) random.nextGaussian() / 2;
  }

  @Test
  void answersSeveralThreadsAtOnce() throws InterruptedException, ExecutionException {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (Predictor predictor = predictor()) {
      List<float[]> expected = new ArrayList<>();
      List<Future<float[]>> answers = new ArrayList<>();
      for (int i = 0; i < 21; i++) {
        Array row = Small.DATA.inputs(new int[] {i});
        expected.add(predictor.predict(row).floats());
      }
      for (int i = 0; i < 420; i++) {
        Array row = Small.DATA.inputs(new int[] {i % 21});
        answers.add(threads.submit(() -> predictor.predict(row).floats()));
      }
      for (int i = 0; i < 420; i++) {
        assertArrayEquals(expected.get(i % 21), answers.get(i).get());
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void takesImagesOfAnySizeWhereTheModelDoes() throws IOException {
    Input any =
        Input.SCHEMA.read(
            Source.root(
                new ObjectMapper().readTree("{\"batch_shape\": [null, null, null, 1]}"),
                Catalog.empty()));
    Node image = any.apply();
    Model model = Model.of(image, image.then(Conv2D.of(1, 1).useBias(false)));
    Map<String, Array> weights = new LinkedHashMap<>();
    weights.put("conv2d/kernel", Array.of(new float[] {2}, 1, 1, 1, 1));
    try (Predictor predictor = Predictor.of(model, Weights.of(weights), Device.cpu())) {
      Dataset data = Dataset.of(Array.of(new float[300 * 6], 300, 2, 3, 1), labels(300));
      assertEquals("[300, 2, 3, 1]", predictor.predict(data).shape().toString());
      float[] one = {1, 2, 3, 4};
      assertArrayEquals(
          new float[] {2, 4, 6, 8}, predictor.predict(Array.of(one, 1, 4, 1, 1)).floats());
    }
  }

  @Test
  void aModelMayChangeNothing() {
    Model model = Sequential.of(Input.of(3), Identity.of(), Dropout.of(0.5));
    Array numbers = Array.of(new float[] {1, 2, 3}, 1, 3);
    try (Predictor predictor = Predictor.of(model, Weights.none(), Device.cpu())) {
      assertEquals(numbers, predictor.predict(numbers));
    }
  }

  @Test
  void enlargesImagesOfAnySize() throws IOException {
    for (Padding padding : List.of(Padding.VALID, Padding.SAME)) {
      Conv2DTranspose layer = Conv2DTranspose.of(2, 3).strides(2).padding(padding);
      Array images = Array.of(new float[] {1, 2, 3, 4, 5, 6}, 1, 2, 3, 1);
      float[] kernel = new float[18];
      for (int i = 0; i < kernel.length; i++) {
        kernel[i] = i - 7;
      }
      Weights weights =
          Weights.of(
              Map.of(
                  "conv2d_transpose/kernel",
                  Array.of(kernel, 3, 3, 2, 1),
                  "conv2d_transpose/bias",
                  Array.of(new float[] {1, 2}, 2)));
      Model known = Model.of(INPUT, layer.apply(INPUT));
      try (Predictor any = Predictor.of(anySize(layer), weights, Device.cpu());
          Predictor fixed = Predictor.of(known, weights, Device.cpu())) {
        assertEquals(fixed.predict(images), any.predict(images), padding.name());
      }
    }
  }

  private static final Node INPUT = Input.of(2, 3, 1);

  private static Model anySize(Layer layer) throws IOException {
    String json = "{\"batch_shape\": [null, null, null, 1]}";
    Source source = Source.root(new ObjectMapper().readTree(json), Catalog.empty());
    Node input = Input.SCHEMA.read(source).apply();
    return Model.of(input, layer.apply(input));
  }

  private static Array labels(int count) {
    return Array.of(new int[count], count);
  }

  private static void refused(String message, Executable code) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, code).getMessage());
  }

  @Test
  void refusesWhatDoesNotFitTheModel() {
    String types =
        "Model \"sequential\": expected inputs of type UINT8 or FLOAT32 and shape (batch, ...),"
            + " got ";
    try (Predictor predictor = predictor()) {
      refused(
          "Model \"sequential\": expected samples of shape [6], got [5].",
          () -> predictor.predict(Array.of(new float[5], 1, 5)));
      refused(
          "Model \"sequential\": expected samples of shape [6], got [].",
          () -> predictor.predict(Array.of(new float[6], 6)));
      refused(types + "FLOAT32 [].", () -> predictor.predict(Array.of(new float[1])));
      refused(types + "INT32 [1, 6].", () -> predictor.predict(Array.of(new int[6], 1, 6)));
    }
    String missing =
        assertThrows(
                IllegalArgumentException.class,
                () -> Predictor.of(Small.MODEL, Weights.none(), Device.cpu()))
            .getMessage();
    assertTrue(
        missing.startsWith("Weights: expected the 4 of the model, got 0, without dense/kernel"),
        missing);
  }

  @Test
  void refusesToPredictAfterClose() {
    Predictor predictor = predictor();
    predictor.close();
    assertEquals(
        "NetworkSession: expected an open session, got a closed one.",
        assertThrows(IllegalStateException.class, () -> predictor.predict(Small.DATA))
            .getMessage());
  }
}
