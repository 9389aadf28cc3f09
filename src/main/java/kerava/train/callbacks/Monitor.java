package kerava.train.callbacks;

import java.util.Locale;
import kerava.config.Visible;
import kerava.train.Epoch;

/**
 * A metric that a callback watches, and which way is better.
 *
 * @param name the metric: {@code val_loss}
 * @param largerIsBetter whether it should grow
 * @param minDelta by how much it must change to count
 */
record Monitor(String name, boolean largerIsBetter, double minDelta) {
  /** Watches a metric; accuracies should grow and all else should shrink, as Keras has it. */
  static Monitor of(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return new Monitor(name, lower.contains("acc") || lower.endsWith("auc"), 0);
  }

  Monitor withMinDelta(double delta) {
    return new Monitor(name, largerIsBetter, delta);
  }

  Monitor withLargerBetter(boolean larger) {
    return new Monitor(name, larger, minDelta);
  }

  /** The worst value there is. */
  double worst() {
    return largerIsBetter ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
  }

  boolean improves(double value, double best) {
    return largerIsBetter ? value - minDelta > best : value + minDelta < best;
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
