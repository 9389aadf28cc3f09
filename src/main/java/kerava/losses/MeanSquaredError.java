package kerava.losses;

import kerava.Loss;
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
 * @see <a href="https://keras.io/api/losses/regression_losses/#meansquarederror-class">Keras:
 *     MeanSquaredError</a>
 */
public record MeanSquaredError(Config config) implements TargetLoss<MeanSquaredError> {
  /** How the loss is written and read. */
  public static final Schema<MeanSquaredError> SCHEMA =
      Loss.schema("MeanSquaredError", MeanSquaredError::new).alias("mse", "MSE");

  /** The loss. */
  public static MeanSquaredError of() {
    return new MeanSquaredError(SCHEMA.config());
  }

  @Override
  public Operand<TFloat32> losses(
      Ops tf, Operand<TFloat32> targets, Operand<TFloat32> predictions) {
    return LossFunctions.meanSquaredError(tf, targets, predictions);
  }

  @Override
  public Schema<MeanSquaredError> schema() {
    return SCHEMA;
  }
}
