package kerava.metrics;

import java.util.List;
import kerava.Metric;
import kerava.MetricSums;
import kerava.config.Config;
import kerava.config.Schema;

/**
 * The share of the predictions above a threshold that are right: (batch, ...), (batch, ...) → one
 * number a threshold; 0 where there are none.
 *
 * <p>By default the threshold is 0.5, and all classes are looked at.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/metrics/classification_metrics/#precision-class">Keras:
 *     Precision</a>
 */
public record Precision(Config config)
    implements ConfusionMetric,
        HigherIsBetter,
        ThresholdsArgument<Precision>,
        TopKArgument<Precision>,
        ClassIdArgument<Precision> {
  /** How the metric is written and read. */
  public static final Schema<Precision> SCHEMA =
      Metric.schema("Precision", Precision::new, THRESHOLDS, TOP_K, CLASS_ID);

  /** The metric for the threshold 0.5, under its own name. */
  public static Precision of() {
    return new Precision(SCHEMA.config());
  }

  @Override
  public List<Count> counts() {
    return List.of(Count.TRUE_POSITIVES, Count.FALSE_POSITIVES);
  }

  @Override
  public ConfusionCounts.Comparison comparison() {
    return ConfusionCounts.Comparison.of(
        config.get(THRESHOLDS), config.get(TOP_K), config.get(CLASS_ID));
  }

  @Override
  public double[] result(MetricSums sums) {
    return Ratio.shares(
        sums.get(Count.TRUE_POSITIVES.key()), sums.get(Count.FALSE_POSITIVES.key()));
  }

  @Override
  public Schema<Precision> schema() {
    return SCHEMA;
  }
}
