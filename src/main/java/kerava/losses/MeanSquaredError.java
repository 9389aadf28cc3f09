package kerava.losses;

import kerava.Labels;
import kerava.Loss;
import kerava.LossFunctions;
import kerava.Reduction;
import kerava.config.Config;
import kerava.config.Schema;
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
public record MeanSquaredError(Config config) implements Loss {
  /** How the loss is written and read. */
  public static final Schema<MeanSquaredError> SCHEMA =
      Loss.schema("MeanSquaredError", MeanSquaredError::new).alias("mse", "MSE");

  /** The loss. */
  public static MeanSquaredError of() {
    return new MeanSquaredError(SCHEMA.config());
  }

  /** The same loss, reduced otherwise; to the mean over the batch by default. */
  public MeanSquaredError reduction(Reduction reduction) {
    return new MeanSquaredError(config.with(REDUCTION, reduction));
  }

  @Override
  public Labels.Kind labels() {
    return Labels.Kind.TARGETS;
  }

  @Override
  public Operand<TFloat32> perSample(Ops tf, Labels labels, Operand<TFloat32> predictions) {
    return LossFunctions.meanSquaredError(tf, labels.targets(), predictions);
  }

  @Override
  public Schema<MeanSquaredError> schema() {
    return SCHEMA;
  }
}
