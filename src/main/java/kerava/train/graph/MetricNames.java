package kerava.train.graph;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kerava.Metric;
import kerava.config.Listed;

/** The names under which metrics are reported, of which each means one metric. */
final class MetricNames {
  private static final List<String> OWN = List.of("loss", "learning_rate");
  private static final String VALIDATION = "val_";

  private MetricNames() {}

  /**
   * Refuses metrics whose names would stand for several. The same metric twice is the same metric.
   *
   * @throws IllegalArgumentException if there are such
   */
  static void check(List<Metric> metrics) {
    Map<String, Metric> known = new HashMap<>();
    for (Metric metric : metrics) {
      Metric twin = known.putIfAbsent(metric.name(), metric);
      if (twin != null && !twin.equals(metric)) {
        throw refused(metric.name(), "a metric of that name");
      }
    }
    for (String name : known.keySet()) {
      if (OWN.contains(name)) {
        throw refused(name, "what training itself calls so");
      }
      String plain = name.startsWith(VALIDATION) ? name.substring(VALIDATION.length()) : "";
      if (OWN.contains(plain) || known.containsKey(plain)) {
        throw refused(name, "the figure of validation");
      }
    }
  }

  private static IllegalArgumentException refused(String name, String other) {
    return new IllegalArgumentException(
        "Metrics: expected names that nothing else has, got \"%s\" beside %s. Give the metric another name."
            .formatted(Listed.of(List.of(name)), other));
  }
}
