package kerava.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import kerava.Golden;
import kerava.KerasCase;
import kerava.Loss;
import kerava.Metric;
import kerava.config.Catalog;
import kerava.config.Schema;
import kerava.graph.Array;
import kerava.losses.LossSchemas;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each metric against what Python Keras gathered and made of it. */
final class MetricGoldenTest {
  /** Those whose sums are of whole numbers alone, unless samples have weights. */
  private static final Set<String> COUNTS =
      Set.of("TruePositives", "TrueNegatives", "FalsePositives", "FalseNegatives");

  private static final Catalog CATALOG =
      Catalog.empty().with(Loss.class, LossSchemas.all()).with(Metric.class, MetricSchemas.all());

  static Stream<KerasCase> gathered() {
    return KerasCase.all("metric").stream().filter(golden -> golden.json().has("states"));
  }

  static Stream<KerasCase> cases() {
    return KerasCase.all("metric").stream()
        .filter(golden -> !golden.json().has("states") && !golden.className().isEmpty());
  }

  @Test
  void thereAreCasesForEachMetric() {
    assertEquals(180, gathered().count());
    assertEquals(31, cases().count());
    Set<String> checked = gathered().map(KerasCase::className).collect(Collectors.toSet());
    // No class of Keras': a string, for which compile takes one of these classes.
    checked.add(Accuracy.SCHEMA.className());
    assertEquals(
        MetricSchemas.all().stream().map(Schema::className).collect(Collectors.toSet()), checked);
  }

  @ParameterizedTest
  @MethodSource("gathered")
  void gathersAsKerasDoes(KerasCase golden) {
    JsonNode json = golden.json();
    Metric given = golden.read(MetricSchemas.all(), json.get("config"), CATALOG);
    List<Gathering.Batch> batches = batches(golden, false);
    Gathering.Batch first = batches.get(0);
    Metric metric =
        given instanceof ValueMetric
            ? given
            : given.resolve(first.kind(), Gathering.output(first.predictions()));
    if (!json.has("weighted")) {
      check(golden.name(), metric, Gathering.of(metric, batches), json);
      return;
    }
    List<Gathering> both = Gathering.all(metric, List.of(batches, batches(golden, true)));
    check(golden.name(), metric, both.get(0), json);
    check(golden.name() + ", weighted", metric, both.get(1), json.get("weighted"));
  }

  private static void check(String name, Metric metric, Gathering gathering, JsonNode golden) {
    for (int i = 0; i < gathering.sums().size(); i++) {
      double[] expected =
          Golden.items(golden.get("states").get(i)).stream()
              .flatMap(variable -> Golden.items(variable.get("data")).stream())
              .mapToDouble(JsonNode::asDouble)
              .toArray();
      close(expected, gathering.sums().get(i), 1e-6, name + ", state after batch " + i);
    }
    double[] expected = new double[golden.get("value").get("data").size()];
    for (int i = 0; i < expected.length; i++) {
      expected[i] = golden.get("value").get("data").get(i).asDouble();
    }
    double tolerance = COUNTS.contains(metric.schema().className()) ? 1e-6 : 1e-5;
    double[] result = gathering.result().stream().mapToDouble(Double::doubleValue).toArray();
    close(expected, result, tolerance, name);
  }

  private static void close(double[] expected, double[] got, double tolerance, String what) {
    assertEquals(expected.length, got.length, what);
    for (int i = 0; i < got.length; i++) {
      double most = tolerance * Math.max(1, Math.abs(expected[i]));
      assertEquals(expected[i], got[i], most, what + " [" + i + "]");
    }
  }

  private static List<Gathering.Batch> batches(KerasCase golden, boolean weighted) {
    JsonNode json = golden.json();
    List<Gathering.Batch> batches = new ArrayList<>();
    for (int i = 0; i < json.get("y_pred").size(); i++) {
      Array predictions = KerasCase.array(json.get("y_pred").get(i));
      Array labels = json.has("y_true") ? KerasCase.array(json.get("y_true").get(i)) : predictions;
      Array weights = KerasCase.array(json.get("sample_weight").get(i));
      batches.add(
          new Gathering.Batch(
              json.get("classes").asBoolean() ? classes(labels) : labels,
              predictions,
              weighted ? Optional.of(weights) : Optional.empty()));
    }
    return batches;
  }

  private static Array classes(Array floats) {
    int[] numbers = IntStream.range(0, floats.size()).map(i -> (int) floats.floats()[i]).toArray();
    return Array.of(numbers, floats.shape().asArray());
  }

  @ParameterizedTest
  @MethodSource("gathered")
  void configIsWrittenAsRead(KerasCase golden) {
    ObjectNode config = (ObjectNode) golden.json().get("config");
    Metric metric = golden.read(MetricSchemas.all(), config, CATALOG);
    ObjectNode written = metric.schema().write(metric.config());
    config.properties().stream()
        // Of a type Keras says what it says of all, and of some arguments only where they are set.
        .filter(one -> written.has(one.getKey()))
        .forEach(one -> assertEquals(number(one.getValue()), number(written.get(one.getKey()))));
    Set<String> quiet = Set.of("dtype", "from_sorted_ids", "ignore_class");
    config
        .fieldNames()
        .forEachRemaining(
            name ->
                assertEquals(
                    name, written.has(name) || quiet.contains(name) ? name : "missing " + name));
    assertEquals(metric, golden.read(MetricSchemas.all(), written, CATALOG));
  }

  // 1 and 1.0 are the same argument.
  private static String number(JsonNode value) {
    return value.toString().replaceAll("(\\d)\\.0\\b", "$1");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void isAsInKeras(KerasCase golden) {
    ObjectNode config = JsonNodeFactory.instance.objectNode();
    golden.json().path("config").properties().forEach(e -> config.set(e.getKey(), e.getValue()));
    if (golden.name().contains("top2")) {
      config.put("k", 2);
    }
    if (golden.name().contains("macro")) {
      config.put("average", "macro");
    }
    Metric metric = golden.read(MetricSchemas.all(), config, Catalog.empty());
    Array labels = labels(golden);
    Array predictions = golden.array("y_pred");
    assertEquals(
        golden.json().get("value").asDouble(),
        Gathering.result(metric, labels, predictions).get(0),
        1e-6);
    Gathering.Batch weighted =
        new Gathering.Batch(labels, predictions, Optional.of(golden.array("sample_weight")));
    assertEquals(
        golden.json().get("value_weighted").asDouble(),
        Gathering.of(metric, List.of(weighted)).result().get(0),
        1e-6);
  }

  @Test
  void treatsTiesAsKerasDoes() {
    KerasCase golden =
        KerasCase.all("metric").stream()
            .filter(each -> each.name().equals("ties_accuracy"))
            .findFirst()
            .orElseThrow();
    Array labels = labels(golden);
    Array predictions = golden.array("y_pred");
    assertEquals(
        golden.json().get("value").asDouble(),
        Gathering.result(SparseCategoricalAccuracy.of(), labels, predictions).get(0));
    assertEquals(
        golden.json().get("top1").asDouble(),
        Gathering.result(SparseTopKCategoricalAccuracy.of(1), labels, predictions).get(0));
  }

  private static Array labels(KerasCase golden) {
    boolean classes = golden.array("y_true").shape().numDimensions() == 1;
    return classes ? golden.classes("y_true") : golden.array("y_true");
  }
}
