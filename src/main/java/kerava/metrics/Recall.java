package kerava.metrics;

import java.util.List;
import kerava.Metric;
import kerava.MetricSums;
import kerava.config.Config;
import kerava.config.Schema;

/**
 * The share of what is yes, by the targets, whose predictions are above a threshold: (batch, ...),
 * (batch, ...) → one number a threshold; 0 where there are none.
 *
 * <p>By default the threshold is 0.5, and all classes are looked at.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/metrics/classification_metrics/#recall-class">Keras:
 *     Recall</a>
 */
public record Recall(Config config)
    implements ConfusionMetric,
        HigherIsBetter,
        ThresholdsArgument<Recall>,
        TopKArgument<Recall>,
        ClassIdArgument<Recall> {
  /** How the metric is written and read. */
  public static final Schema<Recall> SCHEMA =
      Metric.schema("Recall", Recall::new, THRESHOLDS, TOP_K, CLASS_ID);

  /** The metric for the threshold 0.5, under its own name. */
  public static Recall of() {
    return new Recall(SCHEMA.config());
  }

  @Override
  public List<Count> counts() {
    return List.of(Count.TRUE_POSITIVES, Count.FALSE_NEGATIVES);
  }

  @Override
  public ConfusionCounts.Comparison comparison() {
    return ConfusionCounts.Comparison.of(
        config.get(THRESHOLDS), config.get(TOP_K), config.get(CLASS_ID));
  }

  @Override
  public double[] result(MetricSums sums) {
    return Ratio.shares(
        sums.get(Count.TRUE_POSITIVES.key()), sums.get(Count.FALSE_NEGATIVES.key()));
  }

  @Override
  public Schema<Recall> schema() {
    return SCHEMA;
  }
}
