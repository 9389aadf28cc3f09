package kerava.metrics;

import kerava.Metric;
import kerava.config.Config;
import kerava.config.Schema;
import kerava.functional.LossFunctions;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The mean of the absolute errors in percent of the targets: (batch, n), (batch, n) → (batch).
 *
 * @param config the arguments
 * @see <a
 *     href="https://keras.io/api/metrics/regression_metrics/#meanabsolutepercentageerror-class">Keras:
 *     MeanAbsolutePercentageError</a>
 */
public record MeanAbsolutePercentageError(Config config) implements TargetMetric, LowerIsBetter {
  /** How the metric is written and read. */
  public static final Schema<MeanAbsolutePercentageError> SCHEMA =
      Metric.schema("MeanAbsolutePercentageError", MeanAbsolutePercentageError::new)
          .alias("mape", "MAPE");

  /** The metric, under its own name. */
  public static MeanAbsolutePercentageError of() {
    return new MeanAbsolutePercentageError(SCHEMA.config());
  }

  @Override
  public Operand<TFloat32> values(
      Ops tf, Operand<TFloat32> targets, Operand<TFloat32> predictions) {
    return LossFunctions.meanAbsolutePercentageError(tf, targets, predictions);
  }

  @Override
  public Schema<MeanAbsolutePercentageError> schema() {
    return SCHEMA;
  }
}
