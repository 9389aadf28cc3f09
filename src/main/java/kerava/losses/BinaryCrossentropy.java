package kerava.losses;

import kerava.Loss;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import kerava.functional.CrossentropyArguments;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The mean of the cross-entropies of single probabilities: (batch, n), (batch, n) → (batch).
 *
 * <p>By default predictions are probabilities, along the last axis, and targets are not smoothed.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/losses/probabilistic_losses/#binarycrossentropy-class">Keras:
 *     BinaryCrossentropy</a>
 */
public record BinaryCrossentropy(Config config)
    implements TargetLoss<BinaryCrossentropy>, CrossentropyArguments<BinaryCrossentropy> {
  /** How the loss is written and read. */
  public static final Schema<BinaryCrossentropy> SCHEMA =
      Loss.schema("BinaryCrossentropy", BinaryCrossentropy::new, FROM_LOGITS, LABEL_SMOOTHING, AXIS)
          .alias("bce", "BCE");

  /** The loss of predictions that are probabilities. */
  public static BinaryCrossentropy of() {
    return new BinaryCrossentropy(SCHEMA.config());
  }

  private <T> BinaryCrossentropy with(Key<T> key, T value) {
    return new BinaryCrossentropy(config.with(key, value));
  }

  /** The same loss that is a mean over another axis; the last by default. */
  public BinaryCrossentropy axis(int axis) {
    return with(AXIS, axis);
  }

  @Override
  public Operand<TFloat32> losses(
      Ops tf, Operand<TFloat32> targets, Operand<TFloat32> predictions) {
    return crossentropy().binary(tf, targets, predictions);
  }

  @Override
  public Schema<BinaryCrossentropy> schema() {
    return SCHEMA;
  }
}
