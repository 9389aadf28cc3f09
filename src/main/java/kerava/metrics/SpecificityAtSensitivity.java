package kerava.metrics;

import kerava.Metric;
import kerava.MetricSums;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;

/**
 * The best specificity of all thresholds at which the sensitivity is at least so large; 0 where it
 * is at none: (batch, ...), (batch, ...) → one number.
 *
 * <p>By default 200 thresholds are tried, and all classes are looked at.
 *
 * @param config the arguments
 * @see <a
 *     href="https://keras.io/api/metrics/classification_metrics/#specificityatsensitivity-class">Keras:
 *     SpecificityAtSensitivity</a>
 */
public record SpecificityAtSensitivity(Config config)
    implements AtLeastMetric<SpecificityAtSensitivity> {
  private static final Key<Double> SENSITIVITY = AtLeastMetric.least("sensitivity");

  /** How the metric is written and read. */
  public static final Schema<SpecificityAtSensitivity> SCHEMA =
      Metric.schema("SpecificityAtSensitivity", SpecificityAtSensitivity::new)
          .with(CLASS_ID, NUM_THRESHOLDS, SENSITIVITY);

  /**
   * The metric, under its own name.
   *
   * @param least what the sensitivity must at least be, from 0 to 1
   * @throws IllegalArgumentException if it is not from 0 to 1
   */
  public static SpecificityAtSensitivity of(double least) {
    return new SpecificityAtSensitivity(SCHEMA.config().with(SENSITIVITY, least));
  }

  @Override
  public double[] result(MetricSums sums) {
    return AtLeastMetric.best(Share.SPECIFICITY, Share.RECALL, config.get(SENSITIVITY), sums);
  }

  @Override
  public Schema<SpecificityAtSensitivity> schema() {
    return SCHEMA;
  }
}
