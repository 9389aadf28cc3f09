package kerava.metrics;

import kerava.Metric;
import kerava.MetricSums;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;

/**
 * The best sensitivity of all thresholds at which the specificity is at least so large; 0 where it
 * is at none: (batch, ...), (batch, ...) → one number.
 *
 * <p>By default 200 thresholds are tried, and all classes are looked at.
 *
 * @param config the arguments
 * @see <a
 *     href="https://keras.io/api/metrics/classification_metrics/#sensitivityatspecificity-class">Keras:
 *     SensitivityAtSpecificity</a>
 */
public record SensitivityAtSpecificity(Config config)
    implements AtLeastMetric<SensitivityAtSpecificity> {
  private static final Key<Double> SPECIFICITY = AtLeastMetric.least("specificity");

  /** How the metric is written and read. */
  public static final Schema<SensitivityAtSpecificity> SCHEMA =
      Metric.schema("SensitivityAtSpecificity", SensitivityAtSpecificity::new)
          .with(CLASS_ID, NUM_THRESHOLDS, SPECIFICITY);

  /**
   * The metric, under its own name.
   *
   * @param least what the specificity must at least be, from 0 to 1
   * @throws IllegalArgumentException if it is not from 0 to 1
   */
  public static SensitivityAtSpecificity of(double least) {
    return new SensitivityAtSpecificity(SCHEMA.config().with(SPECIFICITY, least));
  }

  @Override
  public double[] result(MetricSums sums) {
    return AtLeastMetric.best(Share.RECALL, Share.SPECIFICITY, config.get(SPECIFICITY), sums);
  }

  @Override
  public Schema<SensitivityAtSpecificity> schema() {
    return SCHEMA;
  }
}
