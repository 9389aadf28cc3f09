package kerava.metrics;

import kerava.Metric;
import kerava.config.Config;
import kerava.config.Schema;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Pearson's coefficient of correlation of targets and predictions, along the last axis: (batch, n),
 * (batch, n) → (batch).
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/metrics/regression_metrics/">Keras: regression metrics</a>
 */
public record PearsonCorrelation(Config config) implements CorrelationMetric<PearsonCorrelation> {
  /** How the metric is written and read. */
  public static final Schema<PearsonCorrelation> SCHEMA =
      Metric.schema("PearsonCorrelation", PearsonCorrelation::new, AXIS);

  /** The metric along the last axis, under its own name. */
  public static PearsonCorrelation of() {
    return new PearsonCorrelation(SCHEMA.config());
  }

  @Override
  public Operand<TFloat32> values(
      Ops tf, Operand<TFloat32> targets, Operand<TFloat32> predictions) {
    return correlation().pearson(tf, targets, predictions);
  }

  @Override
  public Schema<PearsonCorrelation> schema() {
    return SCHEMA;
  }
}
