package kerava.saving;

import static kerava.layers.ActivationFunction.SOFTMAX;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import kerava.Input;
import kerava.MatchedWeights;
import kerava.Model;
import kerava.Node;
import kerava.Sequential;
import kerava.StoredModel;
import kerava.config.Source;
import kerava.data.Npy;
import kerava.files.ModelFormatException;
import kerava.graph.Array;
import kerava.graph.Weights;
import kerava.interop.KerasFixtures;
import kerava.interop.Near;
import kerava.layers.Dense;
import kerava.layers.Flatten;
import kerava.saving.export.SmallExport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an exported model is and does. */
final class SavedModelsTest {
  private static final Model MODEL = SeedModel.model();
  private static final Weights WEIGHTS = SeedModel.weights(MODEL, 7);

  @TempDir static Path base;
  private static Path version;

  @BeforeAll
  static void export() throws IOException {
    version =
        SavedModels.export(
            MODEL, WEIGHTS, base, ExportOptions.defaults().classNames(SeedModel.CLASSES).topK(3));
  }

  @Test
  void holdsExactlyTheFilesOfAVersion() throws IOException {
    assertEquals(base.resolve("1"), version);
    try (Stream<Path> files = Files.walk(version)) {
      assertEquals(
          List.of(
              "assets.extra/keras_config.json",
              "assets.extra/preprocessing.json",
              "assets.extra/tf_serving_warmup_requests",
              "assets/class_names.txt",
              "fingerprint.pb",
              "saved_model.pb",
              "variables/variables.data-00000-of-00001",
              "variables/variables.index"),
          files
              .filter(Files::isRegularFile)
              .map(file -> version.relativize(file).toString().replace('\\', '/'))
              .sorted()
              .toList());
    }
    try (Stream<Path> files = Files.list(base)) {
      assertEquals(
          List.of("1", "SERVING.md"),
          files.map(file -> file.getFileName().toString()).sorted().toList());
    }
  }

  @Test
  void givesTheNumbersOfTheModelInMemory() throws IOException {
    try (LoadedModel loaded = LoadedModel.open(base)) {
      Array expected = SeedModel.predict(MODEL, WEIGHTS, SeedImages.images(0, 7));
      Near.assertNear(expected, loaded.call(SeedImages.images(0, 7)), 1e-6);
      Array served =
          loaded
              .call("serve", Map.of("input_layer", SeedImages.images(0, 7)))
              .values()
              .iterator()
              .next();
      Near.assertNear(expected, served, 1e-6);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void treatsEverySampleByItself(int count) throws IOException {
    try (LoadedModel loaded = LoadedModel.open(base)) {
      float[] together = loaded.call(SeedImages.images(0, 7)).floats();
      float[] apart = loaded.call(SeedImages.images(7 - count, count)).floats();
      for (int i = 0; i < apart.length; i++) {
        assertEquals(together[together.length - apart.length + i], apart[i], 1e-6);
      }
    }
  }

  @Test
  void publishesTheNextFreeNumber(@TempDir Path folder) throws IOException {
    Model small = small();
    Weights weights = SeedModel.weights(small, 1);
    Files.createDirectories(folder.resolve("7"));
    Files.createDirectories(folder.resolve("old"));
    assertEquals(folder.resolve("8"), SavedModels.export(small, weights, folder));
    assertEquals(folder.resolve("9"), SavedModels.export(small, weights, folder));
    ExportOptions taken = ExportOptions.defaults().version(8);
    assertThrows(
        FileAlreadyExistsException.class, () -> SavedModels.export(small, weights, folder, taken));
    assertEquals(
        folder.resolve("20"),
        SavedModels.export(small, weights, folder, ExportOptions.defaults().version(20)));
  }

  @Test
  void saysWhatIsInTheWayOfItsFolder(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    Path base = file.resolve("model");
    assertEquals(
        base
            + ": expected a folder to write in, got a file at "
            + file
            + ". Move it away, or choose another place.",
        assertThrows(
                IOException.class,
                () -> SavedModels.export(small(), SeedModel.weights(small(), 1), base))
            .getMessage());
  }

  private static Model small() {
    return Sequential.of(Input.of(4), Dense.of(3).activation(SOFTMAX));
  }

  @Test
  void answersAnEmptyBatch(@TempDir Path folder) throws IOException {
    Model small = small();
    SavedModels.export(small, SeedModel.weights(small, 1), folder);
    try (LoadedModel loaded = LoadedModel.open(folder)) {
      assertEquals(0, loaded.call(Array.of(new float[0], 0, 4)).size());
      assertEquals(List.of(), loaded.classify(Array.of(new float[0], 0, 4)));
    }
  }

  @Test
  void refusesWeightsAndOptionsOfAnotherModel(@TempDir Path folder) {
    Model small = small();
    Weights weights = SeedModel.weights(small, 1);
    assertThrows(IllegalArgumentException.class, () -> SavedModels.export(MODEL, weights, folder));
    for (ExportOptions options :
        List.of(
            ExportOptions.defaults().classNames(List.of("a", "b")),
            ExportOptions.defaults().samples(Array.of(new float[10], 2, 5)))) {
      assertThrows(
          IllegalArgumentException.class,
          () -> SavedModels.export(small, weights, folder, options));
    }
    assertTrue(SmallExport.numbers(folder).isEmpty());
  }

  @Test
  void comesBackToBeTrained() throws IOException {
    StoredModel back = SavedModels.read(base);
    assertEquals(WEIGHTS, back.weights());
    assertEquals(MODEL.summary(), back.model().summary());
    assertEquals(SeedModel.CLASSES, back.card().classNames());
    IOException e =
        assertThrows(ModelFormatException.class, () -> SavedModels.read(KerasFixtures.file("tf1")));
    assertTrue(e.getMessage().contains("keras_config.json"), e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"keras3_seed_export", "keras2_seed_savedmodel"})
  void takesWeightsFromKeras(String name) throws IOException {
    Path folder = KerasFixtures.file(name);
    MatchedWeights matched = SavedModels.readWeights(folder, MODEL);
    assertEquals(List.of(), matched.missing(), matched.unused().toString());
    Near.assertNear(
        Npy.read(KerasFixtures.file(name + ".npy")),
        SeedModel.predict(MODEL, matched.weights(), LoadedModelTest.images()),
        1e-5);
    MatchedWeights none = SavedModels.readWeights(folder, small());
    assertEquals(List.of("dense/kernel", "dense/bias"), none.missing());
    assertFalse(none.complete());
  }

  @Test
  void isTheSameFileEachTime(@TempDir Path folder) throws IOException {
    ExportOptions options = ExportOptions.defaults().classNames(SeedModel.CLASSES).topK(3);
    Path again = SavedModels.export(MODEL, WEIGHTS, folder.resolve("other"), options);
    for (String name : List.of("saved_model.pb", "variables/variables.index", "fingerprint.pb")) {
      byte[] first = Files.readAllBytes(version.resolve(name));
      byte[] second = Files.readAllBytes(again.resolve(name));
      assertArrayEquals(first, second, name);
    }
  }

  @Test
  void modelsWithoutWeightsAreExportedToo(@TempDir Path folder) throws IOException {
    Model plain = Sequential.of(Input.of(2, 3), Flatten.of());
    SavedModels.export(plain, Weights.none(), folder);
    float[] numbers = {1, 2, 3, 4, 5, 6};
    try (LoadedModel loaded = LoadedModel.open(folder)) {
      assertEquals(Array.of(numbers, 1, 6), loaded.call(Array.of(numbers, 1, 2, 3)));
    }
  }

  @Test
  void modelsOfAFixedBatchAreExportedToo(@TempDir Path folder) throws IOException {
    String json =
        "{\"batch_shape\": [2, 3], \"dtype\": \"float32\", \"sparse\": false, \"name\": \"in\"}";
    Node input =
        Input.SCHEMA
            .read(Source.root(new ObjectMapper().readTree(json), Registry.standard().catalog()))
            .apply();
    Model model = Sequential.of(input, List.of(Flatten.of()));
    SavedModels.export(model, Weights.none(), folder);
    float[] numbers = {1, 2, 3, 4, 5, 6};
    try (LoadedModel loaded = LoadedModel.open(folder)) {
      assertEquals(Array.of(numbers, 2, 3), loaded.call(Array.of(numbers, 2, 3)));
    }
  }
}
