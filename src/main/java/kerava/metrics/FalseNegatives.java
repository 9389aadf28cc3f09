package kerava.metrics;

import java.util.List;
import java.util.Optional;
import kerava.Metric;
import kerava.MetricSums;
import kerava.config.Config;
import kerava.config.Schema;

/**
 * How many predictions not above a threshold are wrong: the targets, not 0, say yes: (batch, ...),
 * (batch, ...) → one number a threshold. Samples count by their weights where the metric is a
 * weighted one.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/metrics/classification_metrics/#falsenegatives-class">Keras:
 *     FalseNegatives</a>
 */
public record FalseNegatives(Config config)
    implements ConfusionMetric, ThresholdsArgument<FalseNegatives> {
  /** How the metric is written and read. */
  public static final Schema<FalseNegatives> SCHEMA =
      Metric.schema("FalseNegatives", FalseNegatives::new, THRESHOLDS);

  /** The metric for the threshold 0.5, under its own name. */
  public static FalseNegatives of() {
    return new FalseNegatives(SCHEMA.config());
  }

  @Override
  public List<Count> counts() {
    return List.of(Count.FALSE_NEGATIVES);
  }

  @Override
  public ConfusionCounts.Comparison comparison() {
    return ConfusionCounts.Comparison.of(
        config.get(THRESHOLDS), Optional.empty(), Optional.empty());
  }

  @Override
  public double[] result(MetricSums sums) {
    return sums.get(Count.FALSE_NEGATIVES.key());
  }

  @Override
  public Schema<FalseNegatives> schema() {
    return SCHEMA;
  }
}
