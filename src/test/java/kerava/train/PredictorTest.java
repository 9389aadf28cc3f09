package kerava.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import kerava.Input;
import kerava.Model;
import kerava.Node;
import kerava.config.Catalog;
import kerava.config.Source;
import kerava.data.Dataset;
import kerava.graph.Array;
import kerava.graph.Device;
import kerava.graph.Weights;
import kerava.layers.Conv2D;
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
    assertTrue(missing.endsWith("got \"dense/kernel\"."), missing);
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
