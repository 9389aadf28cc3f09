package kerava.layers.recurrent;

import kerava.Layer;
import kerava.config.Codec;
import kerava.config.Key;

/**
 * What LSTM layers and their cells take.
 *
 * @param <L> the class of the layer
 * @see <a href="https://keras.io/api/layers/recurrent_layers/lstm/">Keras: LSTM</a>
 */
public interface LSTMArguments<L extends Layer> extends GateArguments<L> {
  /** The key of whether the forget gate begins open. */
  Key<Boolean> UNIT_FORGET_BIAS = Key.of("unit_forget_bias", Codec.bool(), true);

  /**
   * The same layer whose forget gate begins with a bias like that of the others, or with one of 1,
   * as by default.
   */
  default L unitForgetBias(boolean open) {
    return schema().create(config().with(UNIT_FORGET_BIAS, open));
  }
}
