package kerava.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import kerava.Computation;
import kerava.KerasCase;
import kerava.Labels;
import kerava.Metric;
import kerava.config.Catalog;
import kerava.config.Schema;
import kerava.graph.Array;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.op.Ops;

/** Each metric against what Python Keras computed. */
final class MetricGoldenTest {
  /** These are no means over samples; Kerava does not have them. */
  private static final Set<String> OTHERS = Set.of("Precision", "Recall", "AUC", "F1Score", "");

  static List<KerasCase> cases() {
    return KerasCase.all("metric").stream()
        .filter(golden -> !OTHERS.contains(golden.className()))
        .toList();
  }

  @Test
  void thereAreCasesForEachMetric() {
    assertEquals(27, cases().size());
    Set<String> checked = cases().stream().map(KerasCase::className).collect(Collectors.toSet());
    // No class of Keras': a string, for which compile takes one of these classes.
    checked.add(Accuracy.SCHEMA.className());
    assertEquals(
        MetricSchemas.all().stream().map(Schema::className).collect(Collectors.toSet()), checked);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void isAsInKeras(KerasCase golden) {
    ObjectNode config = JsonNodeFactory.instance.objectNode();
    golden.json().path("config").properties().forEach(e -> config.set(e.getKey(), e.getValue()));
    if (golden.name().contains("top2")) {
      config.put("k", 2);
    }
    Metric metric = golden.read(MetricSchemas.all(), config, Catalog.empty());
    float[] each = perSample(metric, golden);
    float[] weights = golden.array("sample_weight").floats();
    double sum = 0;
    double weighted = 0;
    double weight = 0;
    for (int i = 0; i < each.length; i++) {
      sum += each[i];
      weighted += each[i] * weights[i];
      weight += weights[i];
    }
    assertEquals(golden.json().get("value").asDouble(), sum / each.length, 1e-6);
    assertEquals(golden.json().get("value_weighted").asDouble(), weighted / weight, 1e-6);
  }

  @Test
  void treatsTiesAsKerasDoes() {
    KerasCase golden =
        KerasCase.all("metric").stream()
            .filter(each -> each.name().equals("ties_accuracy"))
            .findFirst()
            .orElseThrow();
    assertEquals(
        golden.json().get("value").asDouble(),
        mean(perSample(SparseCategoricalAccuracy.of(), golden)));
    assertEquals(
        golden.json().get("top1").asDouble(),
        mean(perSample(SparseTopKCategoricalAccuracy.of(1), golden)));
  }

  private static float[] perSample(Metric metric, KerasCase golden) {
    Array result =
        Computation.of(
            tf ->
                metric.perSample(
                    tf, labels(tf, golden), Computation.floats(tf, golden.array("y_pred"))));
    return result.floats();
  }

  private static Labels labels(Ops tf, KerasCase golden) {
    boolean classes = golden.array("y_true").shape().numDimensions() == 1;
    return classes
        ? Labels.classes(Computation.ints(tf, golden.classes("y_true")))
        : Labels.targets(Computation.floats(tf, golden.array("y_true")));
  }

  private static double mean(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum / values.length;
  }
}
