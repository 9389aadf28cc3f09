package kerava.layers;

import java.util.Optional;
import kerava.Layer;
import kerava.config.Codec;
import kerava.config.Key;
import kerava.config.Schema;
import kerava.regularizers.Regularizer;

/**
 * What Keras' layers take for their output: {@code activation} and {@code activity_regularizer}.
 *
 * @param <L> the class of the layer
 * @see <a href="https://keras.io/api/layers/activations/">Keras: activations</a>
 */
public interface ActivationArguments<L extends Layer> extends Layer {
  /** The key of the activation. */
  Key<ActivationFunction> ACTIVATION =
      Key.of("activation", ActivationFunction.CODEC, ActivationFunction.LINEAR);

  /** The key of the penalty on the output; written where there is one. */
  Key<Optional<Regularizer>> ACTIVITY_REGULARIZER =
      Key.optional("activity_regularizer", Codec.object(Regularizer.class)).quiet();

  @Override
  Schema<L> schema();

  /** The same layer with an activation; none by default. */
  default L activation(ActivationFunction activation) {
    return schema().create(config().with(ACTIVATION, activation));
  }

  /** The same layer with a penalty on its output; none by default. */
  default L activityRegularizer(Regularizer regularizer) {
    return schema().create(config().with(ACTIVITY_REGULARIZER, Optional.of(regularizer)));
  }
}
