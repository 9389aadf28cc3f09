package kerava.metrics;

import kerava.Metric;
import kerava.config.Config;
import kerava.config.Schema;
import kerava.functional.LossFunctions;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The mean of the absolute errors: (batch, n), (batch, n) → (batch).
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/metrics/regression_metrics/#meanabsoluteerror-class">Keras:
 *     MeanAbsoluteError</a>
 */
public record MeanAbsoluteError(Config config) implements TargetMetric, LowerIsBetter {
  /** How the metric is written and read. */
  public static final Schema<MeanAbsoluteError> SCHEMA =
      Metric.schema("MeanAbsoluteError", MeanAbsoluteError::new).alias("mae", "MAE");

  /** The metric, under its own name. */
  public static MeanAbsoluteError of() {
    return new MeanAbsoluteError(SCHEMA.config());
  }

  @Override
  public Operand<TFloat32> values(
      Ops tf, Operand<TFloat32> targets, Operand<TFloat32> predictions) {
    return LossFunctions.meanAbsoluteError(tf, targets, predictions);
  }

  @Override
  public Schema<MeanAbsoluteError> schema() {
    return SCHEMA;
  }
}
