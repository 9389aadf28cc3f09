package kerava.train.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import kerava.Metric;
import kerava.config.Listed;

/** The names under which losses and metrics are reported, of which each means one figure. */
final class MetricNames {
  private static final List<String> OWN = List.of("loss", "learning_rate");
  private static final String VALIDATION = "val_";
  private static final String WEIGHTED = "weighted_";

  /** How one of several numbers of a metric is reported. */
  private static final Pattern NUMBERED = Pattern.compile("\\[\\d+]$");

  private final boolean several;
  private final Map<String, Integer> uses = new HashMap<>();

  private MetricNames(boolean several) {
    this.several = several;
  }

  /**
   * A metric and what it is reported as.
   *
   * @param output of which output, of those that need labels
   */
  record Named(int output, Metric metric, boolean weighted, String name) {}

  /**
   * The metrics of all outputs, then the weighted metrics of all, with names as Keras makes them:
   * those of several outputs begin with the output's name, a name that comes again has a number,
   * and one that metrics and weighted metrics have says which it is.
   *
   * @param several whether the model has several outputs
   * @param losses what else is reported by name
   * @throws IllegalArgumentException if one of these names would stand for several figures
   */
  static List<Named> of(List<TrainedOutput> outputs, boolean several, List<String> losses) {
    MetricNames names = new MetricNames(several);
    List<Named> all = new ArrayList<>();
    for (int i = 0; i < outputs.size(); i++) {
      for (Metric metric : outputs.get(i).settings().metrics()) {
        all.add(new Named(i, metric, false, names.next(names.own(outputs.get(i), metric, ""))));
      }
    }
    for (int i = 0; i < outputs.size(); i++) {
      for (Metric metric : outputs.get(i).settings().weightedMetrics()) {
        String plain = names.own(outputs.get(i), metric, "");
        boolean taken = names.uses.containsKey(plain);
        String own = taken ? names.own(outputs.get(i), metric, WEIGHTED) : plain;
        all.add(new Named(i, metric, true, names.next(own)));
      }
    }
    List<String> reported = new ArrayList<>(losses);
    all.forEach(one -> reported.add(one.name()));
    check(reported);
    return List.copyOf(all);
  }

  private String own(TrainedOutput output, Metric metric, String kind) {
    return (several ? output.name() + "_" : "") + kind + metric.name();
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
