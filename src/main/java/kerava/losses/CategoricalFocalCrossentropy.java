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
 * Cross-entropy in which easy samples count less (Lin et al. 2017): (batch, classes), (batch,
 * classes) → (batch).
 *
 * <p>By default predictions are probabilities, along the last axis, and targets are not smoothed.
 *
 * @param config the arguments
 * @see <a
 *     href="https://keras.io/api/losses/probabilistic_losses/#categoricalfocalcrossentropy-class">
 *     Keras: CategoricalFocalCrossentropy</a>
 */
public record CategoricalFocalCrossentropy(Config config)
    implements TargetLoss<CategoricalFocalCrossentropy>,
        CrossentropyArguments<CategoricalFocalCrossentropy> {
  private static final Key<Double> ALPHA = Key.of("alpha", Codec.number(), 0.25);
  private static final Key<Double> GAMMA = Key.of("gamma", Codec.number(), 2.0);

  /** How the loss is written and read. */
  public static final Schema<CategoricalFocalCrossentropy> SCHEMA =
      Loss.schema(
          "CategoricalFocalCrossentropy",
          CategoricalFocalCrossentropy::new,
          FROM_LOGITS,
          LABEL_SMOOTHING,
          AXIS,
          ALPHA,
          GAMMA);

  /** The loss of predictions that are probabilities, with α = 0.25 and γ = 2. */
  public static CategoricalFocalCrossentropy of() {
    return new CategoricalFocalCrossentropy(SCHEMA.config());
  }

  private <T> CategoricalFocalCrossentropy with(Key<T> key, T value) {
    return new CategoricalFocalCrossentropy(config.with(key, value));
  }

  /** The same loss with another α, which scales it, and γ, by which easy samples lose weight. */
  public CategoricalFocalCrossentropy focus(double alpha, double gamma) {
    return with(ALPHA, alpha).with(GAMMA, gamma);
  }

  @Override
  public Operand<TFloat32> losses(
      Ops tf, Operand<TFloat32> targets, Operand<TFloat32> predictions) {
    return new FocalCrossentropy(crossentropy(), config.get(ALPHA), config.get(GAMMA))
        .categorical(tf, targets, predictions);
  }

  @Override
  public Schema<CategoricalFocalCrossentropy> schema() {
    return SCHEMA;
  }
}
