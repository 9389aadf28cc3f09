package kerava.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import kerava.CompileSettings;
import kerava.Golden;
import kerava.KerasCase;
import kerava.Model;
import kerava.StoredModel;
import kerava.TestDevice;
import kerava.config.Source;
import kerava.data.Dataset;
import kerava.graph.Array;
import kerava.graph.Weights;
import kerava.saving.KerasArchive;
import kerava.saving.ModelJson;
import kerava.saving.json.CompileJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Models of several inputs and outputs are trained as Keras trains them. */
public final class OutputsFitTest {
  private static final JsonNode GOLDEN = Golden.read("outputs.json");

  /** 11 samples, in batches of 4, the last of 3. */
  public static final Fit FIT = Fit.epochs(3).batchSize(4).shuffle(false);

  /** The names of the models. */
  public static Stream<String> names() {
    return Golden.items(GOLDEN.get("cases")).stream().map(one -> one.get("name").asText());
  }

  static Stream<Arguments> ways() {
    return names()
        .flatMap(
            name ->
                Stream.of(
                    Arguments.of(name, 1, 1), Arguments.of(name, 2, 1), Arguments.of(name, 1, 4)));
  }

  /** What Keras made of a model. */
  public static JsonNode golden(String name) {
    return Golden.items(GOLDEN.get("cases")).stream()
        .filter(one -> one.get("name").asText().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static CompileSettings settings(JsonNode golden, Model model) {
    Source source = ModelJson.source(golden.get("compile"));
    CompileJson.Read read = CompileJson.read(source, source.field("optimizer"), model);
    assertEquals(List.of(), read.remarks());
    return read.settings().orElseThrow();
  }

  static Map<String, Array> arrays(JsonNode arrays) {
    Map<String, Array> all = new LinkedHashMap<>();
    arrays
        .properties()
        .forEach(
            one -> {
              Array array = KerasCase.array(one.getValue());
              boolean whole = one.getValue().get("whole").asBoolean();
              all.put(one.getKey(), whole ? ints(array) : array);
            });
    return all;
  }

  private static Array ints(Array array) {
    int[] numbers = IntStream.range(0, array.size()).map(i -> (int) array.floats()[i]).toArray();
    return Array.of(numbers, array.shape().asArray());
  }

  /** What it is trained on. */
  public static Dataset data(JsonNode golden) {
    return Dataset.of(arrays(golden.get("inputs")), arrays(golden.get("labels")));
  }

  private static Weights weights(JsonNode golden, String when, Model model) {
    Map<String, Array> weights = new LinkedHashMap<>();
    for (int i = 0; i < model.weights().size(); i++) {
      weights.put(model.weights().get(i).name(), KerasCase.array(golden.get(when).get(i)));
    }
    return Weights.of(weights);
  }

  /** The model before it is trained. */
  public static Trainer trainer(JsonNode golden, int replicas) {
    Model model = ModelJson.model(golden.get("model"));
    TrainerOptions options =
        TrainerOptions.defaults().withSeed(1).withDevice(TestDevice.get()).withReplicas(replicas);
    Trainer trainer = Trainer.compile(model, settings(golden, model), options);
    trainer.restore(weights(golden, "before", model));
    return trainer;
  }

  private static Fit fit(JsonNode golden) {
    Map<String, float[]> weights = new LinkedHashMap<>();
    golden
        .get("sample_weights")
        .properties()
        .forEach(one -> weights.put(one.getKey(), Golden.floats(one.getValue())));
    return FIT.sampleWeights(weights).validation(data(golden));
  }

  @ParameterizedTest(name = "{0}, {1} replicas, {2} steps at once")
  @MethodSource("ways")
  void reportsWhatKerasReports(String name, int replicas, int steps) {
    JsonNode golden = golden(name);
    try (Trainer trainer = trainer(golden, replicas)) {
      assertHistory(golden, trainer.fit(data(golden), fit(golden).stepsPerExecution(steps)));
      assertWeights(golden, trainer);
      Evaluation evaluation = trainer.evaluate(data(golden), 4);
      Map<String, Double> got = new TreeMap<>(evaluation.metrics());
      got.put("loss", evaluation.loss());
      JsonNode expected = golden.get("evaluation");
      assertEquals(new TreeMap<>(properties(expected)).keySet(), got.keySet());
      got.forEach((figure, value) -> assertClose(expected.get(figure).get(0), value, figure));
    }
  }

  private static Map<String, JsonNode> properties(JsonNode json) {
    Map<String, JsonNode> all = new TreeMap<>();
    json.properties().forEach(one -> all.put(one.getKey(), one.getValue()));
    return all;
  }

  private static void assertHistory(JsonNode golden, History history) {
    Map<String, JsonNode> expected = properties(golden.get("history"));
    assertEquals(expected.keySet(), history.metrics().keySet());
    expected.forEach(
        (figure, values) -> {
          for (int i = 0; i < values.size(); i++) {
            assertClose(values.get(i), history.get(figure).get(i), figure);
          }
        });
  }

  private static void assertClose(JsonNode expected, double got, String figure) {
    assertEquals(expected.asDouble(), got, TestDevice.tolerance(1e-5), figure);
  }

  private static void assertWeights(JsonNode golden, Trainer trainer) {
    Weights expected = weights(golden, "after", trainer.model());
    for (String name : expected.names()) {
      float[] own = trainer.weights().get(name).floats();
      float[] theirs = expected.get(name).floats();
      for (int i = 0; i < own.length; i++) {
        assertEquals(theirs[i], own[i], TestDevice.tolerance(1e-4), name);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void filesKeepTheSettings(String name, @TempDir Path folder) throws Exception {
    JsonNode golden = golden(name);
    Path file = folder.resolve("model.keras");
    try (Trainer trainer = trainer(golden, 1)) {
      KerasArchive.write(StoredModel.of(trainer), file);
      StoredModel read = KerasArchive.read(file);
      CompileSettings settings = read.settings().orElseThrow();
      assertEquals(
          trainer.settings().of(trainer.model()).toString(), settings.of(read.model()).toString());
    }
  }

  @ParameterizedTest
  @CsvSource({"listed, 1, 1", "masked, 2, 3", "keyed, 1, 3"})
  void goesOnFromABackup(String name, int replicas, int steps, @TempDir Path folder) {
    JsonNode golden = golden(name);
    Fit fit =
        fit(golden).stepsPerExecution(steps).callbacks(BackupAndRestore.of(folder).saveFreq(2));
    Callback fails =
        StepsPerExecutionTest.noting(
            batch -> {
              if (batch.step() == 5) {
                throw new IllegalStateException("the end of the process");
              }
            });
    try (Trainer trainer = trainer(golden, replicas)) {
      Fit ends = fit.callbacks(fails);
      assertThrows(IllegalStateException.class, () -> trainer.fit(data(golden), ends));
    }
    try (Trainer trainer = trainer(golden, replicas)) {
      assertHistory(golden, trainer.fit(data(golden), fit));
    }
  }

  @Test
  void columnsNeedNoNamesAndMayComeInOrder() {
    JsonNode golden = golden("single");
    Dataset named = data(golden);
    Dataset plain =
        Dataset.of(named.inputArrays(all(named)).get(0), named.labelArrays(all(named)).get(0));
    try (Trainer trainer = trainer(golden, 1);
        Trainer other = trainer(golden, 1)) {
      assertEquals(trainer.fit(named, FIT).metrics(), other.fit(plain, FIT).metrics());
    }
  }

  @Test
  void oneTargetASampleNeedsNoSecondAxis() {
    JsonNode golden = golden("three");
    Map<String, Array> labels = arrays(golden.get("labels"));
    Array column = labels.get("chance");
    Map<String, Array> flat = new LinkedHashMap<>(labels);
    flat.put("chance", Array.of(column.floats(), column.size()));
    Map<String, Array> inputs = arrays(golden.get("inputs"));
    try (Trainer trainer = trainer(golden, 1);
        Trainer other = trainer(golden, 1)) {
      assertEquals(
          trainer.fit(Dataset.of(inputs, labels), FIT).metrics(),
          other.fit(Dataset.of(inputs, flat), FIT).metrics());
    }
  }

  private static int[] all(Dataset data) {
    return IntStream.range(0, data.size()).toArray();
  }

  @Test
  void givesAllOutputsByName() {
    JsonNode golden = golden("keyed");
    try (Trainer trainer = trainer(golden, 1);
        Predictor predictor = Predictor.of(StoredModel.of(trainer), TestDevice.get())) {
      Map<String, Array> outputs = trainer.predictAll(data(golden));
      assertEquals(List.of("what", "where"), new ArrayList<>(outputs.keySet()));
      outputs.forEach(
          (name, values) ->
              assertArrayEquals(
                  values.floats(), predictor.predictAll(data(golden)).get(name).floats(), 1e-6f));
    }
  }
}
