package kerava.metrics;

import kerava.Metric;
import kerava.config.Config;
import kerava.config.Schema;
import kerava.functional.LossFunctions;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The mean of the squares of the errors: (batch, n), (batch, n) → (batch).
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/metrics/regression_metrics/#meansquarederror-class">Keras:
 *     MeanSquaredError</a>
 */
public record MeanSquaredError(Config config) implements TargetMetric, LowerIsBetter {
  /** How the metric is written and read. */
  public static final Schema<MeanSquaredError> SCHEMA =
      Metric.schema("MeanSquaredError", MeanSquaredError::new).alias("mse", "MSE");

  /** The metric, under its own name. */
  public static MeanSquaredError of() {
    return new MeanSquaredError(SCHEMA.config());
  }

  @Override
  public Operand<TFloat32> values(
      Ops tf, Operand<TFloat32> targets, Operand<TFloat32> predictions) {
    return LossFunctions.meanSquaredError(tf, targets, predictions);
  }

  @Override
  public Schema<MeanSquaredError> schema() {
    return SCHEMA;
  }
}
