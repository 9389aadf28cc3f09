package kerava.functional;

import kerava.config.Codec;
import kerava.config.Configured;
import kerava.config.Key;

/**
 * What Keras' cross-entropies of targets take, as losses and as metrics: {@code from_logits} and
 * {@code label_smoothing}, and most of them {@code axis}.
 *
 * @param <C> the class of the loss or the metric
 * @see <a href="https://keras.io/api/losses/probabilistic_losses/">Keras: probabilistic losses</a>
 */
public interface CrossentropyArguments<C extends Configured> extends FromLogitsArgument<C> {
  /** The key of the share of each target that is spread evenly. */
  Key<Double> LABEL_SMOOTHING = Key.of("label_smoothing", Codec.between(0, 1), 0.0);

  /** The key of the axis of the classes. */
  Key<Integer> AXIS = Key.of("axis", Codec.integer(), -1);

  /**
   * The same that spreads a share of each target evenly over the classes, or over yes and no; 0 by
   * default.
   *
   * @throws IllegalArgumentException if it is not from 0 to 1
   */
  default C labelSmoothing(double share) {
    return schema().create(config().with(LABEL_SMOOTHING, share));
  }

  /** The cross-entropy that the arguments describe. */
  default Crossentropy crossentropy() {
    return new Crossentropy(
        config().get(FROM_LOGITS), config().get(LABEL_SMOOTHING), config().get(AXIS));
  }
}
