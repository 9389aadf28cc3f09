package kerava.metrics;

import kerava.Metric;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import kerava.functional.LossFunctions;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The mean of the logarithms of the hyperbolic cosines of the errors: (batch, n), (batch, n) →
 * (batch).
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/metrics/regression_metrics/#logcosherror-class">Keras:
 *     LogCoshError</a>
 */
public record LogCoshError(Config config) implements TargetMetric, LowerIsBetter {
  /** How the metric is written and read. */
  public static final Schema<LogCoshError> SCHEMA =
      Metric.schema("LogCoshError", LogCoshError::new, Key.of("name", Codec.text(), "logcosh"));

  /** The metric, under its own name. */
  public static LogCoshError of() {
    return new LogCoshError(SCHEMA.config());
  }

  @Override
  public Operand<TFloat32> values(
      Ops tf, Operand<TFloat32> targets, Operand<TFloat32> predictions) {
    return LossFunctions.logCosh(tf, targets, predictions);
  }

  @Override
  public Schema<LogCoshError> schema() {
    return SCHEMA;
  }
}
