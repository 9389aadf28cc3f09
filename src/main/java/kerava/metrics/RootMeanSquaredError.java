package kerava.metrics;

import kerava.Metric;
import kerava.MetricSums;
import kerava.config.Config;
import kerava.config.Schema;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The root of the mean, over all samples, of the squares of the errors: (batch, ...), (batch, ...)
 * → one number.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/metrics/regression_metrics/#rootmeansquarederror-class">Keras:
 *     RootMeanSquaredError</a>
 */
public record RootMeanSquaredError(Config config) implements TargetMetric, LowerIsBetter {
  /** How the metric is written and read. */
  public static final Schema<RootMeanSquaredError> SCHEMA =
      Metric.schema("RootMeanSquaredError", RootMeanSquaredError::new);

  /** The metric, under its own name. */
  public static RootMeanSquaredError of() {
    return new RootMeanSquaredError(SCHEMA.config());
  }

  @Override
  public Operand<TFloat32> values(
      Ops tf, Operand<TFloat32> targets, Operand<TFloat32> predictions) {
    return tf.math.squaredDifference(predictions, targets);
  }

  @Override
  public double[] result(MetricSums sums) {
    return new double[] {Math.sqrt(TargetMetric.super.result(sums)[0])};
  }

  @Override
  public Schema<RootMeanSquaredError> schema() {
    return SCHEMA;
  }
}
