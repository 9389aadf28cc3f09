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
 * The cross-entropy of target distributions, such as one-hot vectors, with predicted ones: (batch,
 * classes), (batch, classes) → (batch).
 *
 * <p>By default predictions are probabilities, along the last axis, and targets are not smoothed.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/losses/probabilistic_losses/#categoricalcrossentropy-class">
 *     Keras: CategoricalCrossentropy</a>
 */
public record CategoricalCrossentropy(Config config)
    implements TargetLoss<CategoricalCrossentropy>, CrossentropyArguments<CategoricalCrossentropy> {
  /** How the loss is written and read. */
  public static final Schema<CategoricalCrossentropy> SCHEMA =
      Loss.schema(
          "CategoricalCrossentropy",
          CategoricalCrossentropy::new,
          FROM_LOGITS,
          LABEL_SMOOTHING,
          AXIS);

  /** The loss of predictions that are probabilities. */
  public static CategoricalCrossentropy of() {
    return new CategoricalCrossentropy(SCHEMA.config());
  }

  private <T> CategoricalCrossentropy with(Key<T> key, T value) {
    return new CategoricalCrossentropy(config.with(key, value));
  }

  /** The same loss with the classes along another axis; the last by default. */
  public CategoricalCrossentropy axis(int axis) {
    return with(AXIS, axis);
  }

  @Override
  public Operand<TFloat32> losses(
      Ops tf, Operand<TFloat32> targets, Operand<TFloat32> predictions) {
    return crossentropy().categorical(tf, targets, predictions);
  }

  @Override
  public Schema<CategoricalCrossentropy> schema() {
    return SCHEMA;
  }
}
