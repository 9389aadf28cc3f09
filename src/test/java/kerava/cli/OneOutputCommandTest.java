package kerava.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.types.TString;

/** Models of one output for two classes, and how classes meet outputs. */
final class OneOutputCommandTest extends ImageFolders {
  /** Keras 3.15.1 on all pictures, divided by 255. */
  private static final double LOSS = 1.0314336577721406e-05;

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
}
