package kerava.train.callbacks;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import kerava.Metric;
import kerava.OutputSettings;
import kerava.config.Visible;
import kerava.train.Epoch;

/**
 * A metric that a callback watches, and which way is better.
 *
 * @param name the metric: {@code val_loss}
 * @param larger whether it should grow, if that was said
 * @param minDelta by how much it must change to count
 */
record Monitor(String name, Optional<Boolean> larger, double minDelta) {
  private static final String VALIDATION = "val_";

  /** One of several numbers of a metric. */
  private static final Pattern NUMBERED = Pattern.compile("\\[\\d+]$");

  /** Watches a metric. */
  static Monitor of(String name) {
    return new Monitor(name, Optional.empty(), 0);
  }

  Monitor withMinDelta(double delta) {
    return new Monitor(name, larger, delta);
  }

  Monitor withLargerBetter(boolean better) {
    return new Monitor(name, Optional.of(better), minDelta);
  }

  /**
   * The same that knows which way is better: as was said, or else as the metric of that name has
   * it; of what is no metric, accuracies should grow and all else should shrink.
   *
   * @param where who watches
   * @param outputs what each output of the model is trained with, by name
   * @throws IllegalArgumentException if it is a metric of which Keras does not know it
   */
  Monitor in(String where, Map<String, OutputSettings> outputs) {
    if (larger.isPresent()) {
      return this;
    }
    boolean validation = name.startsWith(VALIDATION);
    String plain = validation ? name.substring(VALIDATION.length()) : name;
    String whole = NUMBERED.matcher(plain).replaceAll("");
    for (Map.Entry<String, OutputSettings> output : outputs.entrySet()) {
      String prefix = outputs.size() > 1 ? output.getKey() + "_" : "";
      for (Metric metric : output.getValue().allMetrics()) {
        if (whole.equals(prefix + metric.name())
            || whole.equals(prefix + "weighted_" + metric.name())) {
          return withLargerBetter(direction(where, metric) == Metric.Direction.UP);
        }
      }
    }
    String lower = name.toLowerCase(Locale.ROOT);
    return withLargerBetter(lower.contains("acc") || lower.endsWith("auc"));
  }

  private Metric.Direction direction(String where, Metric metric) {
    return metric
        .direction()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    Visible.of(
                        where
                            + " monitor: expected to know which way is better, got \""
                            + name
                            + "\". Say so with largerIsBetter.")));
  }

  private boolean largerIsBetter() {
    return larger.orElseThrow();
  }

  /** The worst value there is. */
  double worst() {
    return largerIsBetter() ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
  }

  boolean improves(double value, double best) {
    return largerIsBetter() ? value - minDelta > best : value + minDelta < best;
  }

  /** The metric of an epoch. */
  double of(Epoch epoch, String where) {
    return epoch
        .metric(name)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    Visible.of(
                        where
                            + " monitor: expected one of "
                            + epoch.metrics().keySet()
                            + ", got \""
                            + name
                            + "\". Is there validation data?")));
  }
}
