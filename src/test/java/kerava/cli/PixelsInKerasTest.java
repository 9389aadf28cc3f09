package kerava.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import kerava.ClassScore;
import kerava.Prediction;
import kerava.data.Npy;
import kerava.graph.Array;
import kerava.interop.EnabledIfPython;
import kerava.interop.PythonReference;
import kerava.saving.KerasArchive;
import kerava.saving.LoadedModel;
import kerava.train.Predictor;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Models that expect pixels in every way there is, on image files of many sizes: training,
 * evaluation, prediction and exports give the numbers that Keras gives for the same files. With
 * {@code KERAVA_EFFICIENTNET=1} EfficientNet is one of them.
 */
@EnabledIfPython
final class PixelsInKerasTest {
  /** Cross-entropies and probabilities. */
  private static final double NEAR = 1e-5;

  @TempDir Path folder;
  private JsonNode report;

  @TestFactory
  Stream<DynamicTest> expectsWhatKerasExpects() throws Exception {
    PythonReference reference = new PythonReference(Path.of("forms"), folder);
    PythonReference.run("preprocessing.py", reference.give("log.txt", ""));
    report = reference.report();
    return IntStream.range(0, report.path("forms").size())
        .mapToObj(i -> report.path("forms").path(i))
        .map(form -> DynamicTest.dynamicTest(form.path("name").asText(), () -> check(form)));
  }

  private void check(JsonNode form) throws IOException {
    Path model = folder.resolve(form.path("file").asText());
    List<String> options = new ArrayList<>();
    form.path("options").forEach(option -> options.add(option.asText()));
    evaluates(form, model, options);
    predicts(form, model, options);
    if (form.has("train") && !form.path("moves").asBoolean()) {
      Path trained = trains(form, model, options);
      evaluates(form, trained, List.of());
      predicts(form, trained, List.of());
      predicts(form, exported(trained), List.of());
      classifies(form, trained);
    }
    if (form.has("train")) {
      Path converted = folder.resolve(form.path("name").asText() + "_served");
      run(words("convert", model, converted), options);
      decodes(form, converted);
      evaluates(form, converted, List.of());
    }
  }

  private static Path exported(Path archive) {
    return Path.of(archive.toString().replaceFirst("\\.keras$", ""));
  }

  private void evaluates(JsonNode form, Path model, List<String> options) throws IOException {
    Run run =
        run(
            words("evaluate", model, "--dataset", pictures(), "--device", "cpu", "--json"),
            options);
    double loss = new ObjectMapper().readTree(run.out()).path("loss").asDouble();
    assertEquals(form.path("test").asDouble(), loss, NEAR, "evaluate " + model);
  }

  private void predicts(JsonNode form, Path model, List<String> options) throws IOException {
    Path answers = folder.resolve("answers.npy");
    List<Object> words = words("predict", model, "--device", "cpu", "--output", answers);
    words.addAll(files());
    run(words, options);
    near(expected(form), Npy.read(answers).floats(), "predict " + model);
  }

  /** Trains at a rate that moves nothing; gives the archive that it wrote. */
  private Path trains(JsonNode form, Path model, List<String> options) throws IOException {
    Path out = folder.resolve(form.path("name").asText() + "_out");
    List<Object> words = words("train", "--model", model, "--dataset", pictures(), "--out", out);
    words.addAll(List.of("--epochs", "1", "--learning-rate", "1e-12", "--device", "cpu"));
    run(words, options);
    String name = model.getFileName().toString();
    Path history = out.resolve(name.replace(".keras", ".report")).resolve("history.json");
    JsonNode figures = new ObjectMapper().readTree(history.toFile());
    if (!form.path("random").asBoolean()) {
      assertEquals(form.path("train").asDouble(), figure(figures, "loss"), NEAR, "train " + model);
    }
    assertEquals(form.path("test").asDouble(), figure(figures, "val_loss"), NEAR, "train " + model);
    return out.resolve(name);
  }

  private static double figure(JsonNode report, String name) {
    JsonNode value = report.findValue(name);
    return (value.isArray() ? value.path(0) : value).asDouble();
  }

  private void classifies(JsonNode form, Path archive) throws IOException {
    try (Predictor predictor = Predictor.of(KerasArchive.read(archive))) {
      List<Prediction> all = predictor.classify(files().toArray(Path[]::new));
      near(
          expected(form),
          numbers(all.stream().map(Prediction::classes).toList(), List.of("bear", "cat", "dog")),
          "classify " + archive);
    }
  }

  /** The signature that decodes files within the graph. */
  private void decodes(JsonNode form, Path served) throws IOException {
    List<byte[]> bytes = new ArrayList<>();
    for (Path file : files()) {
      bytes.add(Files.readAllBytes(file));
    }
    try (LoadedModel model = LoadedModel.open(served)) {
      near(
          expected(form),
          numbers(model.classify(bytes), List.of("0", "1", "2")),
          "classify_image " + served);
    }
  }

  /** Scores in the order of the classes. */
  private static float[] numbers(List<List<ClassScore>> all, List<String> names) {
    float[] numbers = new float[all.size() * names.size()];
    for (int i = 0; i < all.size(); i++) {
      List<ClassScore> sorted =
          all.get(i).stream()
              .sorted(Comparator.comparing(score -> names.indexOf(score.name())))
              .toList();
      for (int k = 0; k < names.size(); k++) {
        assertEquals(names.get(k), sorted.get(k).name());
        numbers[i * names.size() + k] = sorted.get(k).score();
      }
    }
    return numbers;
  }

  private float[] expected(JsonNode form) throws IOException {
    Array expected = Npy.read(folder.resolve(form.path("name").asText() + ".npy"));
    return expected.floats();
  }

  private static void near(float[] expected, float[] got, String what) {
    assertArrayEquals(expected, got, (float) NEAR, what);
  }

  private Path pictures() {
    return folder.resolve("pictures");
  }

  private List<Path> files() {
    List<Path> files = new ArrayList<>();
    report.path("files").forEach(name -> files.add(folder.resolve(name.asText())));
    return files;
  }

  private static List<Object> words(Object... words) {
    return new ArrayList<>(List.of(words));
  }

  private static Run run(List<Object> words, List<String> options) {
    words.addAll(options);
    Run run = Run.of(words.toArray());
    assertEquals(0, run.code(), words + ": " + run.err());
    assertTrue(run.err().isEmpty(), run.err());
    return run;
  }
}
