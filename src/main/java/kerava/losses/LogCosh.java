package kerava.losses;

import kerava.Loss;
import kerava.config.Config;
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
 * @see <a href="https://keras.io/api/losses/regression_losses/#logcosh-class">Keras: LogCosh</a>
 */
public record LogCosh(Config config) implements TargetLoss<LogCosh> {
  /** How the loss is written and read. */
  public static final Schema<LogCosh> SCHEMA =
      Loss.schema("LogCosh", LogCosh::new).alias("logcosh");

  /** The loss. */
  public static LogCosh of() {
    return new LogCosh(SCHEMA.config());
  }

  @Override
  public Operand<TFloat32> losses(
      Ops tf, Operand<TFloat32> targets, Operand<TFloat32> predictions) {
    return LossFunctions.logCosh(tf, targets, predictions);
  }

  @Override
  public Schema<LogCosh> schema() {
    return SCHEMA;
  }
}
