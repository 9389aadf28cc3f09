package kerava.losses;

import kerava.Loss;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import kerava.functional.CrossentropyArguments;
import kerava.functional.FocalCrossentropy;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The mean of the cross-entropies of single probabilities, in which easy ones count less (Lin et
 * al. 2017): (batch, n), (batch, n) → (batch).
 *
 * <p>By default predictions are probabilities, along the last axis, targets are not smoothed, γ is
 * 2 and α, which is 0.25, is not used.
 *
 * @param config the arguments
 * @see <a
 *     href="https://keras.io/api/losses/probabilistic_losses/#binaryfocalcrossentropy-class">Keras:
 *     BinaryFocalCrossentropy</a>
 */
public record BinaryFocalCrossentropy(Config config)
    implements TargetLoss<BinaryFocalCrossentropy>, CrossentropyArguments<BinaryFocalCrossentropy> {
  private static final Key<Boolean> BALANCED = Key.of("apply_class_balancing", Codec.bool(), false);
  private static final Key<Double> ALPHA = Key.of("alpha", Codec.number(), 0.25);
  private static final Key<Double> GAMMA = Key.of("gamma", Codec.number(), 2.0);

  /** How the loss is written and read. */
  public static final Schema<BinaryFocalCrossentropy> SCHEMA =
      Loss.schema(
          "BinaryFocalCrossentropy",
          BinaryFocalCrossentropy::new,
          FROM_LOGITS,
          LABEL_SMOOTHING,
          AXIS,
          BALANCED,
          ALPHA,
          GAMMA);

  /** The loss of predictions that are probabilities, with γ = 2. */
  public static BinaryFocalCrossentropy of() {
    return new BinaryFocalCrossentropy(SCHEMA.config());
  }

  private <T> BinaryFocalCrossentropy with(Key<T> key, T value) {
    return new BinaryFocalCrossentropy(config.with(key, value));
  }

  /** The same loss with another γ, by which easy predictions lose weight; 2 by default. */
  public BinaryFocalCrossentropy gamma(double gamma) {
    return with(GAMMA, gamma);
  }

  /** The same loss in which α weighs targets of 1 and 1 − α those of 0; nothing by default. */
  public BinaryFocalCrossentropy balanced(double alpha) {
    return with(BALANCED, true).with(ALPHA, alpha);
  }

  /** The same loss that is a mean over another axis; the last by default. */
  public BinaryFocalCrossentropy axis(int axis) {
    return with(AXIS, axis);
  }

  @Override
  public Operand<TFloat32> losses(
      Ops tf, Operand<TFloat32> targets, Operand<TFloat32> predictions) {
    return new FocalCrossentropy(crossentropy(), config.get(ALPHA), config.get(GAMMA))
        .binary(tf, targets, predictions, config.get(BALANCED));
  }

  @Override
  public Schema<BinaryFocalCrossentropy> schema() {
    return SCHEMA;
  }
}
