package kerava.saving;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kerava.CompileSettings;
import kerava.Input;
import kerava.Model;
import kerava.Node;
import kerava.Sequential;
import kerava.StoredModel;
import kerava.data.Dataset;
import kerava.data.Npy;
import kerava.files.ModelFormatException;
import kerava.graph.Array;
import kerava.graph.DType;
import kerava.graph.Device;
import kerava.graph.Weights;
import kerava.interop.KerasFixtures;
import kerava.interop.Near;
import kerava.layers.ActivationFunction;
import kerava.layers.BatchNormalization;
import kerava.layers.Conv2D;
import kerava.layers.Dense;
import kerava.layers.preprocessing.StringLookup;
import kerava.losses.SparseCategoricalCrossentropy;
import kerava.optimizers.Adam;
import kerava.train.Fit;
import kerava.train.Predictor;
import kerava.train.Trainer;
import kerava.train.TrainerOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** SavedModels as layers: they give what they give alone, and stay as they are. */
final class TFSMLayerTest {
  private static final Array ROWS = Array.of(new float[] {1, 2, 3, -4, 5, -6, 0.5f, 0, 1}, 3, 3);

  @TempDir Path folder;

  private static Array predicted(Model model, Weights weights, Array rows) {
    try (Predictor predictor = Predictor.of(model, weights, Device.cpu())) {
      return predictor.predict(rows);
    }
  }

  private static float[] pixels(int images) {
    float[] pixels = new float[images * 32 * 32 * 3];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = i % 7 / 7f;
    }
    return pixels;
  }

  private static StoredModel trained(Model model, int epochs) {
    return trained(model, Fit.epochs(epochs));
  }

  private static StoredModel trained(Model model, Fit fit) {
    try (Trainer trainer =
        Trainer.compile(
            model,
            CompileSettings.of(Adam.of(0.1), SparseCategoricalCrossentropy.of()),
            TrainerOptions.defaults().withSeed(1).withDevice(Device.cpu()))) {
      trainer.fit(Dataset.of(ROWS, Array.of(new int[] {0, 1, 1}, 3)), fit);
      return StoredModel.of(model, trainer.weights());
    }
  }

  private static StoredModel extractor() {
    return trained(
        Sequential.of(
            Input.of(3),
            Dense.of(4).activation(ActivationFunction.RELU),
            BatchNormalization.of(),
            Dense.of(2)),
        3);
  }

  @ParameterizedTest
  @CsvSource({
    "keras3_seed_export, serve",
    "keras3_seed_export, serving_default",
    "keras2_seed_savedmodel, serving_default"
  })
  void givesWhatPythonGave(String name, String endpoint) throws IOException {
    TFSMLayer layer = TFSMLayer.of(KerasFixtures.file(name), endpoint);
    Node images = Input.of(32, 32, 3);
    Model model = Model.of(images, layer.apply(images));
    assertTrue(model.weights().isEmpty());
    Array expected = Npy.read(KerasFixtures.file(name + ".npy"));
    try (Predictor predictor = Predictor.of(model, Weights.none(), Device.cpu());
        LoadedModel loaded = LoadedModel.open(KerasFixtures.file(name))) {
      Array same = Array.of(pixels(2), 2, 32, 32, 3);
      Map<String, Array> inputs = new LinkedHashMap<>();
      inputs.put(loaded.signature(endpoint).inputs().keySet().iterator().next(), same);
      Near.assertNear(
          loaded.call(endpoint, inputs).values().iterator().next(), predictor.predict(same), 1e-6);
      assertEquals(expected.shape().get(1), model.outputShape().get(1));
    }
  }

  @Test
  void isLeftAloneByTrainingAndGoesWithAnExport() throws IOException {
    StoredModel extractor = extractor();
    Path saved = SavedModels.export(extractor, folder.resolve("extractor"));
    Node in = Input.of(3);
    Node features = TFSMLayer.of(saved).apply(in);
    Model bare = Model.of(in, features);
    Array expected = predicted(extractor.model(), extractor.weights(), ROWS);
    Near.assertNear(expected, predicted(bare, Weights.none(), ROWS), 1e-6);
    Node other = Input.of(3);
    Model model =
        Model.of(
            other,
            Dense.of(2)
                .activation(ActivationFunction.SOFTMAX)
                .apply(TFSMLayer.of(folder.resolve("extractor")).apply(other)));
    assertEquals(2, model.weights().size());
    StoredModel trained = trained(model, 40);
    assertEquals(
        trained(model, Fit.epochs(4).batchSize(1)).weights(),
        trained(model, Fit.epochs(4).batchSize(1).stepsPerExecution(3)).weights());
    Array answers = predicted(trained.model(), trained.weights(), ROWS);
    assertTrue(answers.floats()[0] > 0.8 && answers.floats()[3] > 0.8, answers.toString());
    Path whole = SavedModels.export(trained, folder.resolve("whole"));
    try (LoadedModel loaded = LoadedModel.open(whole)) {
      Near.assertNear(answers, loaded.call(ROWS), 1e-6);
    }
    Node third = Input.of(3);
    Model again = Model.of(third, TFSMLayer.of(whole).apply(third));
    Near.assertNear(answers, predicted(again, Weights.none(), ROWS), 1e-6);
  }

  /** Where layers in front of it are trained, gradients go through it. */
  @Test
  void gradientsGoThroughIt() throws IOException {
    StoredModel extractor = extractor();
    Path saved = SavedModels.export(extractor, folder.resolve("extractor"));
    Node in = Input.of(3);
    Model before = Model.of(in, TFSMLayer.of(saved).apply(Dense.of(3).named("first").apply(in)));
    Weights moved = trained(before, 2).weights();
    assertFalse(moved.get("first/kernel").equals(trained(before, 1).weights().get("first/kernel")));
    // Keras' own exports are calls of functions.
    Node image = Input.of(32, 32, 3);
    Node logits =
        TFSMLayer.of(KerasFixtures.file("keras3_seed_export"))
            .apply(Conv2D.of(3, 1).named("first").apply(image));
    Model network = Model.of(image, logits);
    CompileSettings settings = CompileSettings.of(Adam.of(0.1), SparseCategoricalCrossentropy.of());
    Dataset data = Dataset.of(Array.of(pixels(1), 1, 32, 32, 3), Array.of(new int[] {3}, 1));
    try (Trainer trainer = Trainer.compile(network, settings, TrainerOptions.defaults())) {
      List<Double> losses = trainer.fit(data, Fit.epochs(20)).get("loss");
      assertTrue(losses.get(19) < losses.get(0), losses.toString());
    }
  }

  @Test
  void tablesAreRefused() throws IOException {
    Node word = Input.of(DType.STRING, 1);
    Model model = Model.of(word, StringLookup.of(List.of("a")).apply(word));
    Path saved = SavedModels.export(model, Weights.none(), folder.resolve("tables"));
    String message =
        assertThrows(ModelFormatException.class, () -> TFSMLayer.of(saved)).getMessage();
    assertTrue(message.contains("expected weights that are only read, got HashTableV2"), message);
  }

  @Test
  void filesDoNotHoldIt() throws IOException {
    Path saved = SavedModels.export(extractor(), folder.resolve("extractor"));
    Node in = Input.of(3);
    StoredModel model = StoredModel.of(Model.of(in, TFSMLayer.of(saved).apply(in)), Weights.none());
    assertEquals(
        "KerasArchive: expected layers whose weights the file can hold, got TFSMLayer"
            + " \"tfsm_layer\". SavedModels.export takes it along.",
        assertThrows(
                IllegalArgumentException.class,
                () -> KerasArchive.write(model, folder.resolve("m.keras")))
            .getMessage());
    Path exported = SavedModels.export(model, folder.resolve("exported"));
    String message =
        assertThrows(ModelFormatException.class, () -> SavedModels.read(exported)).getMessage();
    assertTrue(
        message.contains(
            "class_name: expected a layer that the file itself holds, got \"TFSMLayer\". Of a folder"),
        message);
  }

  @Test
  void callsFitTheSignature() throws IOException {
    Path saved = SavedModels.export(extractor(), folder.resolve("extractor"));
    TFSMLayer layer = TFSMLayer.of(saved);
    assertEquals(
        "TFSMLayer: expected float32 [-1, 3], got float32 [-1, 4].",
        assertThrows(IllegalArgumentException.class, () -> layer.apply(Input.of(4))).getMessage());
    assertTrue(
        assertThrows(IllegalArgumentException.class, () -> TFSMLayer.of(saved, "none"))
            .getMessage()
            .contains("expected one of the signatures"));
  }
}
