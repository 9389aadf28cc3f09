package kerava.metrics;

import kerava.Metric;
import kerava.MetricSums;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;

/**
 * The best recall of all thresholds at which the precision is at least so large; 0 where it is at
 * none: (batch, ...), (batch, ...) → one number.
 *
 * <p>By default 200 thresholds are tried, and all classes are looked at.
 *
 * @param config the arguments
 * @see <a
 *     href="https://keras.io/api/metrics/classification_metrics/#recallatprecision-class">Keras:
 *     RecallAtPrecision</a>
 */
public record RecallAtPrecision(Config config) implements AtLeastMetric<RecallAtPrecision> {
  private static final Key<Double> PRECISION = AtLeastMetric.least("precision");

  /** How the metric is written and read. */
  public static final Schema<RecallAtPrecision> SCHEMA =
      Metric.schema("RecallAtPrecision", RecallAtPrecision::new)
          .with(CLASS_ID, NUM_THRESHOLDS, PRECISION);

  /**
   * The metric, under its own name.
   *
   * @param least what the precision must at least be, from 0 to 1
   * @throws IllegalArgumentException if it is not from 0 to 1
   */
  public static RecallAtPrecision of(double least) {
    return new RecallAtPrecision(SCHEMA.config().with(PRECISION, least));
  }

  @Override
  public double[] result(MetricSums sums) {
    return AtLeastMetric.best(Share.RECALL, Share.PRECISION, config.get(PRECISION), sums);
  }

  @Override
  public Schema<RecallAtPrecision> schema() {
    return SCHEMA;
  }
}
