package kerava.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import kerava.CompileSettings;
import kerava.Golden;
import kerava.Input;
import kerava.KerasCase;
import kerava.Labels;
import kerava.Loss;
import kerava.Metric;
import kerava.Model;
import kerava.Optimizer;
import kerava.Sequential;
import kerava.TestDevice;
import kerava.config.Catalog;
import kerava.config.Source;
import kerava.data.Dataset;
import kerava.graph.Array;
import kerava.graph.Weights;
import kerava.layers.ActivationFunction;
import kerava.layers.Dense;
import kerava.losses.LossSchemas;
import kerava.metrics.MetricSchemas;
import kerava.optimizers.OptimizerSchemas;
import kerava.saving.json.CompileJson;
import kerava.saving.json.ConfigMigration;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What whole trainings report of many metrics at once is what Keras reports. */
final class MetricFitTest {
  private static final Catalog CATALOG =
      Catalog.empty()
          .with(Loss.class, LossSchemas.all())
          .with(Metric.class, MetricSchemas.all())
          .with(Optimizer.class, OptimizerSchemas.all());

  private static final Model ONE = Sequential.of(Input.of(1), Dense.of(1));

  private static final JsonNode GOLDEN = Golden.read("metric_fits.json");

  /** Of 23 samples 18 are trained on, in batches of 4, the last of 2. */
  private static final Fit FIT = Fit.epochs(3).batchSize(4).shuffle(false).validationSplit(0.21);

  static Stream<String> names() {
    return Golden.items(GOLDEN.get("cases")).stream().map(one -> one.get("name").asText());
  }

  static Stream<Arguments> ways() {
    return Stream.concat(
        names().flatMap(name -> Stream.of(Arguments.of(name, 1, 1), Arguments.of(name, 2, 3))),
        Stream.of(Arguments.of("weighted", 3, 1), Arguments.of("maps", 1, 4)));
  }

  private static JsonNode golden(String name) {
    return Golden.items(GOLDEN.get("cases")).stream()
        .filter(one -> one.get("name").asText().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static CompileSettings settings(JsonNode golden) {
    JsonNode plain = new ConfigMigration(CATALOG).plain(golden.get("compile"), "compile");
    Source source = new Source(plain, "compile", CATALOG);
    CompileJson.Read read = CompileJson.read(source, source.field("optimizer"), ONE);
    assertEquals(List.of(), read.remarks());
    return read.settings().orElseThrow();
  }

  private static Dataset data(JsonNode golden, CompileSettings settings) {
    Array labels = KerasCase.array(golden.get("y"));
    int[] numbers = IntStream.range(0, labels.size()).map(i -> (int) labels.floats()[i]).toArray();
    boolean classes = settings.loss().labels() == Labels.Kind.CLASSES;
    return Dataset.of(
        KerasCase.array(golden.get("x")),
        classes ? Array.of(numbers, labels.shape().asArray()) : labels);
  }

  private static Trainer trainer(JsonNode golden, CompileSettings settings, int replicas) {
    boolean classes = settings.loss().labels() == Labels.Kind.CLASSES;
    Dense last =
        classes
            ? Dense.of(3).activation(ActivationFunction.SOFTMAX)
            : Dense.of(2).activation(ActivationFunction.SIGMOID);
    long[] input = KerasCase.array(golden.get("x")).shape().asArray();
    long[] sample = java.util.Arrays.copyOfRange(input, 1, input.length);
    Model model = Sequential.of(Input.of(sample), last);
    TrainerOptions options =
        TrainerOptions.defaults().withSeed(1).withDevice(TestDevice.get()).withReplicas(replicas);
    Trainer trainer = Trainer.compile(model, settings, options);
    Map<String, Array> weights = new LinkedHashMap<>();
    for (int i = 0; i < model.weights().size(); i++) {
      weights.put(model.weights().get(i).name(), KerasCase.array(golden.get("weights").get(i)));
    }
    trainer.restore(Weights.of(weights));
    return trainer;
  }

  private static Fit fit(JsonNode golden) {
    Fit fit =
        golden.get("name").asText().equals("classes")
            ? FIT.classWeights(Map.of(0, 0.5, 2, 3.0))
            : FIT;
    JsonNode weights = golden.get("sample_weights");
    return weights.isNull() ? fit : fit.sampleWeights(Golden.floats(weights));
  }

  @ParameterizedTest(name = "{0}, {1} replicas, {2} steps at once")
  @MethodSource("ways")
  void reportsWhatKerasReports(String name, int replicas, int steps) {
    JsonNode golden = golden(name);
    CompileSettings settings = settings(golden);
    Dataset data = data(golden, settings);
    try (Trainer trainer = trainer(golden, settings, replicas)) {
      List<Map<String, Double>> means = new ArrayList<>();
      Callback note = StepsPerExecutionTest.noting(batch -> means.add(batch.means().get()));
      History history = trainer.fit(data, fit(golden).stepsPerExecution(steps).callbacks(note));
      assertHistory(golden, history);
      assertEquals(15, means.size());
      for (int epoch = 0; epoch < 3; epoch++) {
        int own = epoch;
        means
            .get(5 * epoch + 4)
            .forEach((figure, value) -> assertEquals(history.get(figure).get(own), value, figure));
      }
      Evaluation evaluation = trainer.evaluate(data);
      Map<String, Double> expected = new TreeMap<>();
      golden
          .get("evaluation")
          .properties()
          .forEach(one -> named(one.getKey(), one.getValue()).forEach(expected::put));
      assertClose(expected.remove("loss"), evaluation.loss(), "loss");
      assertEquals(expected.keySet(), new TreeMap<>(evaluation.metrics()).keySet());
      expected.forEach((figure, value) -> assertClose(value, evaluation.get(figure), figure));
    }
  }

  private static void assertHistory(JsonNode golden, History history) {
    Map<String, List<Double>> expected = new TreeMap<>();
    golden
        .get("history")
        .properties()
        .forEach(
            one ->
                one.getValue()
                    .forEach(
                        epoch ->
                            named(one.getKey(), epoch)
                                .forEach(
                                    (figure, value) ->
                                        expected
                                            .computeIfAbsent(figure, unused -> new ArrayList<>())
                                            .add(value))));
    assertEquals(expected.keySet(), history.metrics().keySet());
    for (Map.Entry<String, List<Double>> figure : expected.entrySet()) {
      for (int i = 0; i < 3; i++) {
        assertClose(figure.getValue().get(i), history.get(figure.getKey()).get(i), figure.getKey());
      }
    }
  }

  /** A figure, or several by their numbers. */
  private static Map<String, Double> named(String name, JsonNode values) {
    Map<String, Double> all = new TreeMap<>();
    for (int i = 0; i < values.size(); i++) {
      all.put(values.size() == 1 ? name : name + "[" + i + "]", values.get(i).asDouble());
    }
    return all;
  }

  private static void assertClose(double expected, double got, String figure) {
    double most = TestDevice.tolerance(figure.matches("(val_)?(tp|fn)") ? 1e-6 : 1e-5);
    assertEquals(expected, got, most, figure);
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 3"})
  void goesOnFromABackupInTheMiddleOfAnEpoch(int replicas, int steps, @TempDir Path folder) {
    JsonNode golden = golden("weighted");
    CompileSettings settings = settings(golden);
    Fit fit =
        fit(golden).stepsPerExecution(steps).callbacks(BackupAndRestore.of(folder).saveFreq(4));
    Callback fails =
        StepsPerExecutionTest.noting(
            batch -> {
              if (batch.step() == 8) {
                throw new IllegalStateException("the end of the process");
              }
            });
    Dataset data = data(golden, settings);
    try (Trainer trainer = trainer(golden, settings, replicas)) {
      Fit ends = fit.callbacks(fails);
      assertThrows(IllegalStateException.class, () -> trainer.fit(data, ends));
    }
    try (Trainer trainer = trainer(golden, settings, replicas)) {
      assertHistory(golden, trainer.fit(data, fit));
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void settingsAreWrittenAsRead(String name) {
    JsonNode golden = golden(name);
    JsonNode written = CompileJson.write(settings(golden), ONE, Optional.empty());
    for (String key : List.of("metrics", "weighted_metrics")) {
      JsonNode expected = golden.get("compile").get(key);
      assertEquals(expected.size(), written.get(key).size(), key);
      for (int i = 0; i < expected.size(); i++) {
        assertWritten(expected.get(i), written.get(key).get(i));
      }
    }
  }

  private static Metric metric(JsonNode json) {
    return Metric.codec().read(Source.root(json, CATALOG));
  }

  private static void assertWritten(JsonNode expected, JsonNode written) {
    if (expected.isTextual() || !expected.get("module").asText().equals("keras.metrics")) {
      // "mse" and a function are written as what they mean.
      JsonNode plain = new ConfigMigration(CATALOG).plain(expected, "$.metrics[0]");
      assertEquals(metric(plain), metric(written));
      return;
    }
    assertEquals(expected.get("class_name"), written.get("class_name"));
    assertEquals(expected.get("module"), written.get("module"));
    written
        .get("config")
        .properties()
        .forEach(
            one ->
                assertEquals(
                    expected.get("config").get(one.getKey()), one.getValue(), one.getKey()));
  }
}
