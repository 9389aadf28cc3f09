package kerava.metrics;

import java.util.List;
import java.util.Optional;
import kerava.Metric;
import kerava.MetricSums;
import kerava.config.Config;
import kerava.config.Schema;

/**
 * How many predictions above a threshold are wrong: the targets, 0, say no: (batch, ...), (batch,
 * ...) → one number a threshold. Samples count by their weights where the metric is a weighted one.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/metrics/classification_metrics/#falsepositives-class">Keras:
 *     FalsePositives</a>
 */
public record FalsePositives(Config config)
    implements ConfusionMetric, ThresholdsArgument<FalsePositives> {
  /** How the metric is written and read. */
  public static final Schema<FalsePositives> SCHEMA =
      Metric.schema("FalsePositives", FalsePositives::new, THRESHOLDS);

  /** The metric for the threshold 0.5, under its own name. */
  public static FalsePositives of() {
    return new FalsePositives(SCHEMA.config());
  }

  @Override
  public List<Count> counts() {
    return List.of(Count.FALSE_POSITIVES);
  }

  @Override
  public ConfusionCounts.Comparison comparison() {
    return ConfusionCounts.Comparison.of(
        config.get(THRESHOLDS), Optional.empty(), Optional.empty());
  }

  @Override
  public double[] result(MetricSums sums) {
    return sums.get(Count.FALSE_POSITIVES.key());
  }

  @Override
  public Schema<FalsePositives> schema() {
    return SCHEMA;
  }
}
