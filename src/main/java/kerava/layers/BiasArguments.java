package kerava.layers;

import java.util.Optional;
import kerava.Layer;
import kerava.config.Codec;
import kerava.config.Key;
import kerava.config.Schema;
import kerava.constraints.Constraint;
import kerava.initializers.Initializer;
import kerava.initializers.Zeros;
import kerava.regularizers.Regularizer;

/**
 * What Keras' layers take for their bias: {@code use_bias}, {@code bias_initializer}, {@code
 * bias_regularizer} and {@code bias_constraint}.
 *
 * @param <L> the class of the layer
 * @see <a href="https://keras.io/api/layers/initializers/">Keras: initializers</a>
 */
public interface BiasArguments<L extends Layer> extends Layer {
  /** The key of whether there is a bias. */
  Key<Boolean> USE_BIAS = Key.of("use_bias", Codec.bool(), true);

  /** The keys of the bias' arguments. */
  WeightArguments BIAS = WeightArguments.of("bias", Zeros.of());

  @Override
  Schema<L> schema();

  /** The same layer with or without a bias; with one by default. */
  default L useBias(boolean useBias) {
    return schema().create(config().with(USE_BIAS, useBias));
  }

  /** The same layer with other first values of the bias; zeros by default. */
  default L biasInitializer(Initializer initializer) {
    return schema().create(config().with(BIAS.initializer(), initializer));
  }

  /** The same layer with a penalty on the bias; none by default. */
  default L biasRegularizer(Regularizer regularizer) {
    return schema().create(config().with(BIAS.regularizer(), Optional.of(regularizer)));
  }

  /** The same layer with bounds for the bias; none by default. */
  default L biasConstraint(Constraint constraint) {
    return schema().create(config().with(BIAS.constraint(), Optional.of(constraint)));
  }
}
