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
 * The mean of the absolute errors: (batch, n), (batch, n) → (batch).
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/losses/regression_losses/#meanabsoluteerror-class">Keras:
 *     MeanAbsoluteError</a>
 */
public record MeanAbsoluteError(Config config) implements Loss {
  /** How the loss is written and read. */
  public static final Schema<MeanAbsoluteError> SCHEMA =
      Loss.schema("MeanAbsoluteError", MeanAbsoluteError::new).alias("mae", "MAE");

  /** The loss. */
  public static MeanAbsoluteError of() {
    return new MeanAbsoluteError(SCHEMA.config());
  }

  /** The same loss, reduced otherwise; to the mean over the batch by default. */
  public MeanAbsoluteError reduction(Reduction reduction) {
    return new MeanAbsoluteError(config.with(REDUCTION, reduction));
  }

  @Override
  public Labels.Kind labels() {
    return Labels.Kind.TARGETS;
  }

  @Override
  public Operand<TFloat32> perSample(Ops tf, Labels labels, Operand<TFloat32> predictions) {
    return LossFunctions.meanAbsoluteError(tf, labels.targets(), predictions);
  }

  @Override
  public Schema<MeanAbsoluteError> schema() {
    return SCHEMA;
  }
}
