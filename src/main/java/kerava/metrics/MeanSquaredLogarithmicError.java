package kerava.metrics;

import kerava.Metric;
import kerava.config.Config;
import kerava.config.Schema;
import kerava.functional.LossFunctions;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The mean of the squares of the differences of log(1 + x): (batch, n), (batch, n) → (batch).
 *
 * @param config the arguments
 * @see <a
 *     href="https://keras.io/api/metrics/regression_metrics/#meansquaredlogarithmicerror-class">Keras:
 *     MeanSquaredLogarithmicError</a>
 */
public record MeanSquaredLogarithmicError(Config config) implements TargetMetric, LowerIsBetter {
  /** How the metric is written and read. */
  public static final Schema<MeanSquaredLogarithmicError> SCHEMA =
      Metric.schema("MeanSquaredLogarithmicError", MeanSquaredLogarithmicError::new)
          .alias("msle", "MSLE");

  /** The metric, under its own name. */
  public static MeanSquaredLogarithmicError of() {
    return new MeanSquaredLogarithmicError(SCHEMA.config());
  }

  @Override
  public Operand<TFloat32> values(
      Ops tf, Operand<TFloat32> targets, Operand<TFloat32> predictions) {
    return LossFunctions.meanSquaredLogarithmicError(tf, targets, predictions);
  }

  @Override
  public Schema<MeanSquaredLogarithmicError> schema() {
    return SCHEMA;
  }
}
