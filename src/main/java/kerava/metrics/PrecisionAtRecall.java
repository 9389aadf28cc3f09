package kerava.metrics;

import kerava.Metric;
import kerava.MetricSums;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;

/**
 * The best precision of all thresholds at which the recall is at least so large; 0 where it is at
 * none: (batch, ...), (batch, ...) → one number.
 *
 * <p>By default 200 thresholds are tried, and all classes are looked at.
 *
 * @param config the arguments
 * @see <a
 *     href="https://keras.io/api/metrics/classification_metrics/#precisionatrecall-class">Keras:
 *     PrecisionAtRecall</a>
 */
public record PrecisionAtRecall(Config config) implements AtLeastMetric<PrecisionAtRecall> {
  private static final Key<Double> RECALL = AtLeastMetric.least("recall");

  /** How the metric is written and read. */
  public static final Schema<PrecisionAtRecall> SCHEMA =
      Metric.schema("PrecisionAtRecall", PrecisionAtRecall::new)
          .with(CLASS_ID, NUM_THRESHOLDS, RECALL);

  /**
   * The metric, under its own name.
   *
   * @param least what the recall must at least be, from 0 to 1
   * @throws IllegalArgumentException if it is not from 0 to 1
   */
  public static PrecisionAtRecall of(double least) {
    return new PrecisionAtRecall(SCHEMA.config().with(RECALL, least));
  }

  @Override
  public double[] result(MetricSums sums) {
    return AtLeastMetric.best(Share.PRECISION, Share.RECALL, config.get(RECALL), sums);
  }

  @Override
  public Schema<PrecisionAtRecall> schema() {
    return SCHEMA;
  }
}
