package kerava.layers.recurrent;

import kerava.Layer;
import kerava.config.Codec;
import kerava.config.Key;
import kerava.layers.ActivationFunction;

/**
 * What Keras' recurrent layers with gates take for these.
 *
 * @param <L> the class of the layer
 * @see <a href="https://keras.io/api/layers/recurrent_layers/">Keras: recurrent layers</a>
 */
public interface GateArguments<L extends Layer> extends CellArguments<L> {
  /** The key of the activation of the gates. */
  Key<ActivationFunction> RECURRENT_ACTIVATION =
      Key.of("recurrent_activation", ActivationFunction.CODEC, ActivationFunction.SIGMOID);

  /**
   * The key by which Keras 2 chose among ways to compute the same: 1, in which dropout leaves out
   * other parts of the input for each gate, or 2.
   */
  Key<Integer> IMPLEMENTATION =
      Key.of(
              "implementation",
              Codec.integer().where("1 or 2", value -> value == 1 || value == 2),
              2)
          .quiet();

  /** The same layer with another activation of its gates; the sigmoid by default. */
  default L recurrentActivation(ActivationFunction activation) {
    return schema().create(config().with(RECURRENT_ACTIVATION, activation));
  }
}
