package kerava.metrics;

import java.util.List;
import java.util.Optional;
import kerava.Metric;
import kerava.MetricSums;
import kerava.config.Config;
import kerava.config.Schema;

/**
 * How many predictions not above a threshold are right: the targets, 0, say no: (batch, ...),
 * (batch, ...) → one number a threshold. Samples count by their weights where the metric is a
 * weighted one.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/metrics/classification_metrics/#truenegatives-class">Keras:
 *     TrueNegatives</a>
 */
public record TrueNegatives(Config config)
    implements ConfusionMetric, ThresholdsArgument<TrueNegatives> {
  /** How the metric is written and read. */
  public static final Schema<TrueNegatives> SCHEMA =
      Metric.schema("TrueNegatives", TrueNegatives::new, THRESHOLDS);

  /** The metric for the threshold 0.5, under its own name. */
  public static TrueNegatives of() {
    return new TrueNegatives(SCHEMA.config());
  }

  @Override
  public List<Count> counts() {
    return List.of(Count.TRUE_NEGATIVES);
  }

  @Override
  public ConfusionCounts.Comparison comparison() {
    return ConfusionCounts.Comparison.of(
        config.get(THRESHOLDS), Optional.empty(), Optional.empty());
  }

  @Override
  public double[] result(MetricSums sums) {
    return sums.get(Count.TRUE_NEGATIVES.key());
  }

  @Override
  public Schema<TrueNegatives> schema() {
    return SCHEMA;
  }
}
