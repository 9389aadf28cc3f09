package kerava.functional;

import kerava.config.Codec;
import kerava.config.Configured;
import kerava.config.Key;
import kerava.config.Schema;

/**
 * What Keras' losses and metrics of probabilities take: {@code from_logits}.
 *
 * @param <C> the class of the loss or the metric
 * @see <a href="https://keras.io/api/losses/probabilistic_losses/">Keras: probabilistic losses</a>
 */
public interface FromLogitsArgument<C extends Configured> extends Configured {
  /** The key of whether predictions are logits. */
  Key<Boolean> FROM_LOGITS = Key.of("from_logits", Codec.bool(), false);

  @Override
  Schema<C> schema();

  /** The same for predictions that are logits, or that are probabilities, the default. */
  default C fromLogits(boolean fromLogits) {
    return schema().create(config().with(FROM_LOGITS, fromLogits));
  }
}
