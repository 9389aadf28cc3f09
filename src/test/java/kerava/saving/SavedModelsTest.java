package kerava.saving;

import static java.nio.charset.StandardCharsets.UTF_8;
import static kerava.layers.ActivationFunction.SOFTMAX;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import kerava.ClassScore;
import kerava.Input;
import kerava.MatchedWeights;
import kerava.Model;
import kerava.Node;
import kerava.Sequential;
import kerava.StoredModel;
import kerava.config.Source;
import kerava.data.Npy;
import kerava.files.ModelFormatException;
import kerava.files.RecordFile;
import kerava.graph.Array;
import kerava.graph.Weights;
import kerava.interop.KerasFixtures;
import kerava.interop.Near;
import kerava.layers.Dense;
import kerava.layers.Flatten;
import kerava.saving.export.VersionFolderTest;
import kerava.saving.export.Warmup;
import kerava.saving.export.WarmupRequest;
import kerava.saving.savedmodel.StringTensors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Tensor;

/** What an exported model is and does. */
final class SavedModelsTest {
  private static final Model MODEL = SeedModel.model();
  private static final Weights WEIGHTS = SeedModel.weights(MODEL, 7);
  private static final int PIXELS = 32 * 32 * 3;
  private static final byte[] BYTES = randomBytes();

  @TempDir static Path base;
  private static Path version;

  @BeforeAll
  static void export() throws IOException {
    version =
        SavedModels.export(
            MODEL, WEIGHTS, base, ExportOptions.defaults().classNames(SeedModel.CLASSES).topK(3));
  }

  private static byte[] randomBytes() {
    byte[] bytes = new byte[7 * PIXELS];
    new Random(11).nextBytes(bytes);
    return bytes;
  }

  private static Array images(int first, int count) {
    float[] values = new float[count * PIXELS];
    for (int i = 0; i < values.length; i++) {
      values[i] = Byte.toUnsignedInt(BYTES[first * PIXELS + i]) / 255f;
    }
    return Array.of(values, count, 32, 32, 3);
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
      Array expected = SeedModel.predict(MODEL, WEIGHTS, images(0, 7));
      Near.assertNear(expected, loaded.call(images(0, 7)), 1e-6);
      Array served =
          loaded.call("serve", Map.of("input_layer", images(0, 7))).values().iterator().next();
      Near.assertNear(expected, served, 1e-6);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void treatsEverySampleByItself(int count) throws IOException {
    try (LoadedModel loaded = LoadedModel.open(base)) {
      float[] together = loaded.call(images(0, 7)).floats();
      float[] apart = loaded.call(images(7 - count, count)).floats();
      for (int i = 0; i < apart.length; i++) {
        assertEquals(together[together.length - apart.length + i], apart[i], 1e-6);
      }
    }
  }

  @Test
  void classifiesFloatsBytesAndFilesAlike() throws IOException {
    List<byte[]> raw = List.of(bytes(0), bytes(1));
    List<byte[]> files = List.of(png(bytes(0), 32), png(bytes(1), 32));
    float[] scores = SeedModel.predict(MODEL, WEIGHTS, images(0, 2)).floats();
    try (LoadedModel loaded = LoadedModel.open(base)) {
      List<List<ClassScore>> best = loaded.classify(images(0, 2));
      assertEquals(2, best.size());
      for (int i = 0; i < 2; i++) {
        assertEquals(3, best.get(i).size());
        for (int k = 0; k < 3; k++) {
          ClassScore score = best.get(i).get(k);
          int index = SeedModel.CLASSES.indexOf(score.name());
          assertEquals(scores[10 * i + index], score.score(), 1e-6);
          assertEquals(k, rank(scores, 10 * i, index));
        }
      }
      assertSame(best, loaded.classify(files));
      try (Tensor strings = StringTensors.tensor(raw);
          ModelOutputs outputs = loaded.run("classify_bytes", Map.of("image_bytes", strings))) {
        assertEquals(
            best.stream().flatMap(List::stream).map(ClassScore::name).toList(),
            outputs.texts("classes"));
      }
      assertEquals(SeedModel.CLASSES, loaded.classNames());
    }
  }

  private static void assertSame(List<List<ClassScore>> expected, List<List<ClassScore>> actual) {
    assertEquals(expected.size(), actual.size());
    for (int i = 0; i < expected.size(); i++) {
      for (int k = 0; k < expected.get(i).size(); k++) {
        assertEquals(expected.get(i).get(k).name(), actual.get(i).get(k).name());
        assertEquals(expected.get(i).get(k).score(), actual.get(i).get(k).score(), 1e-6);
      }
    }
  }

  /** How many classes of a sample score better than one. */
  private static int rank(float[] scores, int start, int index) {
    int better = 0;
    for (int i = start; i < start + 10; i++) {
      better += scores[i] > scores[start + index] ? 1 : 0;
    }
    return better;
  }

  private static byte[] bytes(int image) {
    return java.util.Arrays.copyOfRange(BYTES, image * PIXELS, (image + 1) * PIXELS);
  }

  private static byte[] png(byte[] pixels, int side) throws IOException {
    BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < side * side; i++) {
      int red = pixels[3 * i] & 255;
      int green = pixels[3 * i + 1] & 255;
      image.setRGB(i % side, i / side, (red << 16) | (green << 8) | (pixels[3 * i + 2] & 255));
    }
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    ImageIO.write(image, "png", file);
    return file.toByteArray();
  }

  @Test
  void resizesImageFiles() throws IOException {
    byte[] gray = new byte[64 * 64 * 3];
    java.util.Arrays.fill(gray, (byte) 90);
    float[] values = new float[PIXELS];
    java.util.Arrays.fill(values, 90 / 255f);
    try (LoadedModel loaded = LoadedModel.open(base)) {
      assertSame(
          loaded.classify(Array.of(values, 1, 32, 32, 3)), loaded.classify(List.of(png(gray, 64))));
    }
  }

  @Test
  void refusesBytesOfAnotherSizeAndFilesThatAreNoImages() throws IOException {
    try (LoadedModel loaded = LoadedModel.open(base);
        Tensor small = StringTensors.tensor(List.of(new byte[3000]))) {
      Exception e =
          assertThrows(
              IllegalArgumentException.class,
              () -> loaded.run("classify_bytes", Map.of("image_bytes", small)));
      assertTrue(e.getMessage().contains("3072"), e.getMessage());
      assertThrows(
          IllegalArgumentException.class,
          () -> loaded.classify(List.of("no image".getBytes(UTF_8))));
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
    assertTrue(VersionFolderTest.numbers(folder).isEmpty());
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
  void warmsUpEverySignature() throws IOException {
    List<String> called = new ArrayList<>();
    for (byte[] record : RecordFile.read(version.resolve(Warmup.FILE))) {
      called.add(WarmupRequest.parse(record).signature());
    }
    try (LoadedModel loaded = LoadedModel.open(base)) {
      assertEquals(loaded.signatures().stream().map(ModelSignature::name).toList(), called);
    }
    Warmup.replay(version);
  }

  @Test
  void warmsUpWithSamplesOfItsOwn(@TempDir Path folder) throws IOException {
    Path folderOfSamples =
        SavedModels.export(
            MODEL,
            WEIGHTS,
            folder,
            ExportOptions.defaults().samples(Array.of(randomBytes(), 7, 32, 32, 3)));
    List<byte[]> records = RecordFile.read(folderOfSamples.resolve(Warmup.FILE));
    assertEquals(12, records.size());
    WarmupRequest examples = WarmupRequest.parse(records.get(5));
    assertEquals("classify_examples", examples.signature());
    assertEquals(7, examples.inputs().get("inputs").getStringValCount());
    WarmupRequest all = WarmupRequest.parse(records.get(7));
    assertEquals("classify_image", all.signature());
    assertEquals(7, all.inputs().get("image").getStringValCount());
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
  void saysHowToServe() throws IOException {
    String page = Files.readString(base.resolve("SERVING.md"));
    String name = String.valueOf(base.getFileName());
    assertTrue(page.contains("-v \"$PWD:/models/" + name + "\""), page);
    assertTrue(page.contains("/v1/models/" + name + ":predict"), page);
    for (String signature :
        List.of(
            "serving_default",
            "serve",
            "classify",
            "classify_bytes",
            "classify_examples",
            "classify_image")) {
      assertTrue(page.contains("### " + signature + "\n"), page);
    }
    assertTrue(page.contains("/v1/models/" + name + ":classify"), page);
    assertTrue(page.contains("{\"image_bytes\": {\"b64\": "), page);
    assertFalse(page.contains(String.valueOf(base.getParent())), "names no path of this machine");
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
