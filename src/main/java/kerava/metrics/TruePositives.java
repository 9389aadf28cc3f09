package kerava.metrics;

import java.util.List;
import java.util.Optional;
import kerava.Metric;
import kerava.MetricSums;
import kerava.config.Config;
import kerava.config.Schema;

/**
 * How many predictions above a threshold are right: the targets, not 0, say yes: (batch, ...),
 * (batch, ...) → one number a threshold. Samples count by their weights where the metric is a
 * weighted one.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/metrics/classification_metrics/#truepositives-class">Keras:
 *     TruePositives</a>
 */
public record TruePositives(Config config)
    implements ConfusionMetric, ThresholdsArgument<TruePositives> {
  /** How the metric is written and read. */
  public static final Schema<TruePositives> SCHEMA =
      Metric.schema("TruePositives", TruePositives::new, THRESHOLDS);

  /** The metric for the threshold 0.5, under its own name. */
  public static TruePositives of() {
    return new TruePositives(SCHEMA.config());
  }

  @Override
  public List<Count> counts() {
    return List.of(Count.TRUE_POSITIVES);
  }

  @Override
  public ConfusionCounts.Comparison comparison() {
    return ConfusionCounts.Comparison.of(
        config.get(THRESHOLDS), Optional.empty(), Optional.empty());
  }

  @Override
  public double[] result(MetricSums sums) {
    return sums.get(Count.TRUE_POSITIVES.key());
  }

  @Override
  public Schema<TruePositives> schema() {
    return SCHEMA;
  }
}
