package kerava.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import kerava.CompileSettings;
import kerava.Golden;
import kerava.Input;
import kerava.KerasCase;
import kerava.Model;
import kerava.Sequential;
import kerava.StoredModel;
import kerava.TestDevice;
import kerava.data.Dataset;
import kerava.graph.Array;
import kerava.graph.Weights;
import kerava.layers.Dense;
import kerava.layers.recurrent.LSTM;
import kerava.losses.MeanSquaredError;
import kerava.optimizers.SGD;
import kerava.saving.ModelJson;
import kerava.saving.SavedModels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Recurrent layers that keep their states go on from batch to batch as in Keras. */
final class StatefulTest {
  private static final JsonNode GOLDEN = Golden.read("stateful.json");
  private static final Array X = KerasCase.array(GOLDEN.get("x"));
  private static final Dataset DATA = Dataset.of(X, KerasCase.array(GOLDEN.get("y")));
  private static final Fit FIT = Fit.epochs(2).batchSize(2).shuffle(false);

  static Stream<JsonNode> cases() {
    return Golden.items(GOLDEN.get("cases")).stream();
  }

  private static Trainer trainer(Model model) {
    return Trainer.compile(
        model,
        CompileSettings.of(SGD.of(0.1), MeanSquaredError.of()),
        TrainerOptions.defaults().withDevice(TestDevice.get()));
  }

  private static Weights before(JsonNode golden, Model model) {
    Map<String, Array> weights = new LinkedHashMap<>();
    for (int i = 0; i < model.weights().size(); i++) {
      weights.put(model.weights().get(i).name(), KerasCase.array(golden.get("before").get(i)));
    }
    return Weights.of(weights);
  }

  private static void assertPredicts(JsonNode expected, Array got) {
    float most = (float) TestDevice.tolerance(1e-5);
    assertArrayEquals(KerasCase.array(expected).floats(), got.floats(), most);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void statesGoOnThroughPredictionTrainingAndEvaluation(JsonNode golden) {
    Model model = ModelJson.model(golden.get("model"));
    for (int steps : new int[] {1, 3}) {
      try (Trainer trainer = trainer(model)) {
        trainer.restore(before(golden, model));
        assertPredicts(golden.get("first"), trainer.predict(DATA));
        History history = trainer.fit(DATA, FIT.stepsPerExecution(steps));
        for (int epoch = 0; epoch < 2; epoch++) {
          double expected = golden.get("history").get(epoch).asDouble();
          assertEquals(expected, history.get("loss").get(epoch), TestDevice.tolerance(1e-5));
        }
        assertEquals(
            golden.get("loss").asDouble(),
            trainer.evaluate(DATA).loss(),
            TestDevice.tolerance(1e-5));
        assertPredicts(golden.get("second"), trainer.predict(DATA));
        trainer.resetStates();
        assertPredicts(golden.get("again"), trainer.predict(DATA));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void predictorsGoOnToo(JsonNode golden) {
    Model model = ModelJson.model(golden.get("model"));
    StoredModel stored = StoredModel.of(model, before(golden, model));
    try (Predictor predictor = Predictor.of(stored, TestDevice.get())) {
      Array first = predictor.predict(X);
      assertPredicts(golden.get("first"), first);
      Array second = predictor.predict(X);
      predictor.resetStates();
      assertPredicts(golden.get("first"), predictor.predict(DATA));
      assertArrayEquals(second.floats(), predictor.predict(X).floats(), 1e-6f);
    }
  }

  private static String refusal(Runnable action) {
    return assertThrows(IllegalArgumentException.class, action::run).getMessage();
  }

  @Test
  void refusesWhatStatesDoNotGoWith(@TempDir Path folder) {
    Model model = Sequential.of(Input.ofBatch(2, 4, 2), LSTM.of(3).stateful(true), Dense.of(1));
    try (Trainer trainer = trainer(model)) {
      assertEquals(
          "Model \"sequential\": expected a batch size of 2, since its batches are of a fixed size,"
              + " got 3.",
          refusal(() -> trainer.fit(DATA, FIT.batchSize(3))));
      assertEquals(
          "Model \"sequential\": expected a multiple of 2 samples, since its batches are of a fixed"
              + " size, got 5.",
          refusal(() -> trainer.predict(DATA.take(5))));
      assertEquals(
          "Fit BackupAndRestore: expected a model whose layers keep no states from batch to batch,"
              + " which no backup holds, got one whose do.",
          refusal(() -> trainer.fit(DATA, FIT.callbacks(BackupAndRestore.of(folder)))));
      StoredModel stored = StoredModel.of(trainer);
      assertEquals(
          "SavedModels: expected a model whose layers keep no states from batch to batch, got"
              + " \"sequential\". Requests of several clients would mix; set stateful to false.",
          refusal(() -> export(stored, folder)));
    }
    Model open = Sequential.of(Input.of(4, 2), LSTM.of(3).stateful(true), Dense.of(1));
    assertTrue(
        refusal(() -> trainer(open).close())
            .startsWith(
                "LSTM \"lstm\": expected a batch of a known size, since the layer is stateful,"));
    assertEquals(
        "Trainer: expected batches in one piece, since layers of \"sequential\" keep their states,"
            + " got several replicas or devices.",
        refusal(
            () ->
                Trainer.compile(
                        model,
                        CompileSettings.of(SGD.of(0.1), MeanSquaredError.of()),
                        TrainerOptions.defaults().withReplicas(2))
                    .close()));
  }

  private static void export(StoredModel stored, Path folder) {
    try {
      SavedModels.export(stored, folder.resolve("saved"));
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
