package kerava.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import kerava.CompileSettings;
import kerava.Input;
import kerava.Loss;
import kerava.Model;
import kerava.Sequential;
import kerava.StoredModel;
import kerava.layers.ActivationFunction;
import kerava.layers.Dense;
import kerava.layers.Flatten;
import kerava.losses.BinaryCrossentropy;
import kerava.optimizers.Adam;
import kerava.saving.KerasArchive;
import kerava.saving.LoadedModel;
import kerava.saving.ModelOutputs;
import kerava.train.Trainer;
import kerava.train.TrainerOptions;
import org.apache.commons.io.file.PathUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.types.TString;

/** Own images on the command line: parts, damaged ones, models of one output, what is refused. */
final class ImageFoldersCommandTest {
  /** Keras 3.15.1 on all pictures, divided by 255. */
  private static final double LOSS = 1.0314336577721406e-05;

  @TempDir private Path folder;

  private static Path reported(String name) throws URISyntaxException {
    return Path.of(ImageFoldersCommandTest.class.getResource("/reported/" + name).toURI());
  }

  /** The pictures as a folder that holds a test part alone. */
  private Path pictures() throws Exception {
    Path data = Files.createDirectories(folder.resolve("data"));
    PathUtils.copyDirectory(reported("pictures"), data.resolve("test"));
    return data;
  }

  private static Run evaluate(Object model, Path data, Object... more) {
    return Run.of(
        Stream.concat(Stream.of("evaluate", model, "--dataset", data, "--json"), Stream.of(more))
            .toArray());
  }

  @ParameterizedTest
  @ValueSource(strings = {"bint.keras", "bint_sm"})
  void aModelOfOneOutputIsEvaluatedAsKerasDoes(String model) throws Exception {
    Run run = evaluate(reported("binary/" + model), pictures());
    assertEquals(0, run.code(), run.err());
    var got = new ObjectMapper().readTree(run.out());
    assertEquals(LOSS, got.get("loss").asDouble(), 1e-7);
    assertEquals(1.0, got.get("accuracy").asDouble());
    assertEquals(24, got.get("images").asInt());
  }

  @ParameterizedTest
  @ValueSource(strings = {"bint.keras", "bin_uncompiled.keras"})
  void aModelOfOneOutputIsTrainedAndExportedWithTwoClasses(String model) throws Exception {
    Run run = train(reported("pictures"), "--model", reported("binary/" + model), "--quiet");
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().contains("Loss: BinaryCrossentropy of probabilities"), run.out());
    String name = model.replace(".keras", "");
    assertEquals(
        List.of("cat", "dog"),
        KerasArchive.read(folder.resolve("out").resolve(model)).card().classNames());
    assertTrue(Files.exists(folder.resolve("out/" + name + ".report/confusion.png")));
    byte[] picture = Files.readAllBytes(reported("pictures/dog/dog0.png"));
    try (LoadedModel loaded = LoadedModel.open(folder.resolve("out/" + name))) {
      assertEquals(List.of("cat", "dog"), loaded.classNames());
      classify(loaded, picture);
    }
    Run predicted =
        Run.of("predict", folder.resolve("out/" + name), reported("pictures/dog/dog0.png"));
    assertTrue(predicted.out().contains("dog 0.") || predicted.out().contains("dog 1."));
    assertTrue(predicted.out().contains("cat 0.") || predicted.out().contains("cat 1."));
  }

  private static void classify(LoadedModel loaded, byte[] picture) {
    try (TString image = TString.tensorOfBytes(NdArrays.vectorOfObjects(picture));
        ModelOutputs outputs = loaded.run("classify_image", Map.of("image", image))) {
      float[] scores = outputs.array("scores").floats();
      assertEquals(2, scores.length);
      assertEquals(1, scores[0] + scores[1], 1e-6);
      assertEquals(Set.of("cat", "dog"), Set.copyOf(outputs.texts("classes")));
    }
  }

  @Test
  void predictNamesBothClassesOfOneOutput() throws Exception {
    for (String model : List.of("bint.keras", "bint_sm")) {
      Run run =
          Run.of(
              "predict",
              reported("binary/" + model),
              reported("pictures/cat/cat0.png"),
              reported("pictures/dog/dog0.png"));
      List<String> lines = run.out().lines().filter(line -> line.contains(".png: ")).toList();
      assertTrue(lines.get(0).endsWith(": class 0 1.0000, class 1 0.0000"), run.out());
      assertTrue(lines.get(1).endsWith(": class 1 1.0000, class 0 0.0000"), run.out());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "train,validation",
    "train,val",
    "Train,Test",
    "training,testing",
    "TRAIN,VALID",
  })
  void partsAreWhatTheirFoldersSay(String train, String test) throws IOException {
    paint("data/" + train + "/cat", 8);
    paint("data/" + train + "/dog", 6);
    paint("data/" + test + "/cat", 3);
    paint("data/" + test + "/dog", 2);
    Run run = train(folder.resolve("data"), "--quiet");
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().contains("Training images: (14, 32, 32, 3)"), run.out());
    assertTrue(run.out().contains("Test images: (5, 32, 32, 3)"), run.out());
    assertTrue(run.out().contains("Looked at 19 images."), run.out());
    Path archive = folder.resolve("out/data_cnn.keras");
    assertEquals(List.of("cat", "dog"), KerasArchive.read(archive).card().classNames());
    Run evaluated = Run.of("evaluate", archive, "--dataset", folder.resolve("data"));
    assertTrue(evaluated.out().contains("Images: 5"), evaluated.out());
    assertTrue(evaluated.out().contains("Data: images from " + test + " in "), evaluated.out());
  }

  @Test
  void ofThreePartsTheOneForValidationIsUsedWhileTraining() throws IOException {
    for (String name : List.of("cat", "dog")) {
      paint("data/train/" + name, 8);
      paint("data/val/" + name, 3);
      paint("data/test/" + name, 2);
    }
    Run run = train(folder.resolve("data"));
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().contains("Validation images: (6, 32, 32, 3)"), run.out());
    assertTrue(run.out().contains("Test images: (4, 32, 32, 3)"), run.out());
    Run evaluated =
        Run.of(
            "evaluate", folder.resolve("out/data_cnn.keras"), "--dataset", folder.resolve("data"));
    assertTrue(evaluated.out().contains("Images: 4"), evaluated.out());
  }

  @Test
  void aLimitIsDrawnOverAllClasses() throws IOException {
    for (String name : List.of("cat", "dog", "owl")) {
      paint("data/train/" + name, 9);
      paint("data/test/" + name, 9);
    }
    Run run = train(folder.resolve("data"), "--quiet", "--limit", 6);
    assertEquals(0, run.code(), run.err());
    assertTrue(
        run.out().contains("(at most 6 images of each part, drawn over all classes with seed 1)"),
        run.out());
    // A confusion of one class alone would have no other row.
    String page = Files.readString(folder.resolve("out/data_cnn.report/report.html"));
    for (String name : List.of("cat", "dog", "owl")) {
      assertTrue(page.contains(name));
    }
  }

  @Test
  void damagedImagesStopItBeforeAnythingIsDone() throws IOException {
    paint("data/cat", 6);
    paint("data/dog", 6);
    Path damaged = folder.resolve("data/dog/3.png");
    byte[] whole = Files.readAllBytes(damaged);
    Files.write(damaged, java.util.Arrays.copyOf(whole, whole.length / 2));
    Run run = train(folder.resolve("data"), "--quiet");
    assertEquals(1, run.code());
    assertTrue(run.err().contains("dog/3.png: expected a whole PNG"), run.err());
    assertFalse(Files.exists(folder.resolve("out")));
    Run skipped = train(folder.resolve("data"), "--quiet", "--on-damaged", "skip");
    assertEquals(0, skipped.code(), skipped.err());
    assertTrue(
        skipped.out().contains("Looked at 12 images; left out as damaged: 1 (dog/3.png)."),
        skipped.out());
  }

  @Test
  void classesAndOutputsAreComparedBeforeTraining() throws Exception {
    for (String name : List.of("a", "b", "c")) {
      paint("three/" + name, 6);
    }
    Run run = train(folder.resolve("three"), "--model", reported("binary/bint.keras"));
    refused(run, "expected images of 2 classes, which 1 output tells apart, got 3: a, b, c.");
    paint("one/a", 6);
    refused(train(folder.resolve("one")), "expected at least 2 classes to tell apart, got one: a.");
  }

  @ParameterizedTest
  @CsvSource({"TANH,false", "LINEAR,false", "RELU,true"})
  void oneOutputThatIsNoProbabilityIsRefusedBeforeTraining(String activation, boolean logits)
      throws Exception {
    Model model =
        Sequential.of(
            Input.of(16, 16, 3),
            Flatten.of(),
            Dense.of(1).activation(ActivationFunction.valueOf(activation)));
    Path archive = folder.resolve("one.keras");
    Loss loss = BinaryCrossentropy.of().fromLogits(logits);
    CompileSettings settings = CompileSettings.of(Adam.of(), loss);
    try (Trainer trainer = Trainer.compile(model, settings, TrainerOptions.defaults())) {
      KerasArchive.write(StoredModel.of(model, trainer.weights()).compiled(settings), archive);
    }
    refused(train(reported("pictures"), "--model", archive), "expected one output of a sigmoid");
  }

  @ParameterizedTest
  @ValueSource(strings = {"o[1]", "o\\x", "a[b]/c"})
  void pathsThatTensorFlowTakesForPatternsAreRefusedBeforeTraining(String out) throws IOException {
    paint("data/cat", 6);
    paint("data/dog", 6);
    Run run = Run.of("train", "--dataset", folder.resolve("data"), "--out", folder.resolve(out));
    refused(run, "expected a path without [ and \\, which TensorFlow takes for a pattern");
    try (Stream<Path> left = Files.walk(folder)) {
      assertTrue(left.noneMatch(path -> path.toString().endsWith(".keras")));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"o*x", "o?x", "o]x", "o{a}", "o'x", "o é猫"})
  void otherPathsAreWrittenAndReadAgain(String out) throws IOException {
    paint("data/cat", 6);
    paint("data/dog", 6);
    Path to = folder.resolve(out);
    Run run =
        Run.of("train", "--dataset", folder.resolve("data"), "--out", to, "--epochs", 1, "--quiet");
    assertEquals(0, run.code(), run.err());
    for (String model : List.of("data_cnn", "data_cnn.keras")) {
      Run evaluated = Run.of("evaluate", to.resolve(model), "--dataset", folder.resolve("data"));
      assertEquals(0, evaluated.code(), evaluated.err());
    }
  }

  @Test
  void classesAreNumberedAsTheModelHasThem() throws Exception {
    Run trained = train(reported("pictures"), "--quiet");
    assertEquals(0, trained.code(), trained.err());
    Path archive = folder.resolve("out/pictures_cnn.keras");
    Path other = Files.createDirectories(folder.resolve("other/test"));
    PathUtils.copyDirectory(reported("pictures/dog"), other.resolve("dog"));
    Run subset = evaluate(archive, folder.resolve("other"));
    Run all = Run.of("evaluate", archive, "--dataset", folder.resolve("other"));
    assertEquals(0, subset.code(), subset.err());
    assertTrue(all.out().contains("Note: classes are numbered as the model has them: cat, dog."));
    PathUtils.copyDirectory(reported("pictures/cat"), other.resolve("owl"));
    refused(
        evaluate(archive, folder.resolve("other")),
        "expected images of the model's classes, cat, dog, got dog, owl.");
  }

  private static void refused(Run run, String words) {
    assertEquals(1, run.code());
    assertTrue(run.err().contains(words), run.err());
    assertTrue(run.err().length() < 301 && run.err().lines().count() == 1, run.err());
    assertFalse(run.out().contains("Epoch"), run.out());
  }

  private Run train(Path data, Object... more) {
    return Run.of(
        Stream.concat(
                Stream.of(
                    "train",
                    "--dataset",
                    data,
                    "--out",
                    folder.resolve("out"),
                    "--epochs",
                    1,
                    "--seed",
                    3,
                    "--device",
                    "cpu"),
                Stream.of(more))
            .toArray());
  }

  private void paint(String name, int count) throws IOException {
    Random random = new Random(name.hashCode());
    Path place = Files.createDirectories(folder.resolve(name));
    for (int i = 0; i < count; i++) {
      BufferedImage image = new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB);
      for (int pixel = 0; pixel < 32 * 32; pixel++) {
        image.setRGB(pixel % 32, pixel / 32, random.nextInt(1 << 24));
      }
      ImageIO.write(image, "png", place.resolve(i + ".png").toFile());
    }
  }
}
