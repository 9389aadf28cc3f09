package kerava.losses;

import kerava.Loss;
import kerava.config.Config;
import kerava.config.Schema;
import kerava.functional.LossFunctions;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The mean of the squares of the errors of log(1 + x), x being at least 1e-7: (batch, n), (batch,
 * n) → (batch).
 *
 * @param config the arguments
 * @see <a
 *     href="https://keras.io/api/losses/regression_losses/#meansquaredlogarithmicerror-class">Keras:
 *     MeanSquaredLogarithmicError</a>
 */
public record MeanSquaredLogarithmicError(Config config)
    implements TargetLoss<MeanSquaredLogarithmicError> {
  /** How the loss is written and read. */
  public static final Schema<MeanSquaredLogarithmicError> SCHEMA =
      Loss.schema("MeanSquaredLogarithmicError", MeanSquaredLogarithmicError::new)
          .alias("msle", "MSLE");

  /** The loss. */
  public static MeanSquaredLogarithmicError of() {
    return new MeanSquaredLogarithmicError(SCHEMA.config());
  }

  @Override
  public Operand<TFloat32> losses(
      Ops tf, Operand<TFloat32> targets, Operand<TFloat32> predictions) {
    return LossFunctions.meanSquaredLogarithmicError(tf, targets, predictions);
  }

  @Override
  public Schema<MeanSquaredLogarithmicError> schema() {
    return SCHEMA;
  }
}
