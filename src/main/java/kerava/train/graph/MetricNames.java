package kerava.train.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import kerava.CompileSettings;
import kerava.Metric;
import kerava.config.Listed;

/** The names under which metrics are reported, of which each means one metric. */
final class MetricNames {
  private static final List<String> OWN = List.of("loss", "learning_rate");
  private static final String VALIDATION = "val_";
  private static final String WEIGHTED = "weighted_";

  /** How one of several numbers of a metric is reported. */
  private static final Pattern NUMBERED = Pattern.compile("\\[\\d+]$");

  private final Map<String, Integer> uses = new HashMap<>();

  private MetricNames() {}

  /**
   * The names of the metrics, then of the weighted metrics, as Keras makes them: a name that comes
   * again has a number, and one that metrics and weighted metrics have says which it is.
   *
   * @throws IllegalArgumentException if one of these names would stand for several figures
   */
  static List<String> of(CompileSettings settings) {
    MetricNames names = new MetricNames();
    List<String> all = new ArrayList<>();
    for (Metric metric : settings.metrics()) {
      all.add(names.next(metric.name()));
    }
    for (Metric metric : settings.weightedMetrics()) {
      boolean taken = names.uses.containsKey(metric.name());
      all.add(names.next(taken ? WEIGHTED + metric.name() : metric.name()));
    }
    check(all);
    return List.copyOf(all);
  }

  private String next(String name) {
    int before = uses.merge(name, 1, Integer::sum) - 1;
    return before == 0 ? name : name + "_" + before;
  }

  private static void check(List<String> names) {
    Set<String> known = new HashSet<>();
    for (String name : names) {
      if (!known.add(name)) {
        throw refused(name, "a metric of that name");
      }
    }
    for (String name : names) {
      if (OWN.contains(name)) {
        throw refused(name, "what training itself calls so");
      }
      String plain = name.startsWith(VALIDATION) ? name.substring(VALIDATION.length()) : "";
      if (OWN.contains(plain) || known.contains(plain)) {
        throw refused(name, "the figure of validation");
      }
      String whole = NUMBERED.matcher(name).replaceAll("");
      if (!whole.equals(name) && known.contains(whole)) {
        throw refused(name, "a metric of several numbers");
      }
    }
  }

  private static IllegalArgumentException refused(String name, String other) {
    return new IllegalArgumentException(
        "Metrics: expected names that nothing else has, got \"%s\" beside %s. Give the metric another name."
            .formatted(Listed.of(List.of(name)), other));
  }
}
