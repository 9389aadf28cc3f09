package kerava.layers;

import java.util.Optional;
import kerava.Layer;
import kerava.config.Codec;
import kerava.config.Key;
import kerava.config.Schema;
import kerava.constraints.Constraint;
import kerava.initializers.GlorotUniform;
import kerava.initializers.Initializer;
import kerava.regularizers.Regularizer;

/**
 * What Keras' convolutions of each channel by itself take: {@code depth_multiplier} and the
 * arguments of the depthwise kernel.
 *
 * @param <L> the class of the layer
 * @see <a href="https://keras.io/api/layers/convolution_layers/depthwise_convolution2d/">Keras:
 *     DepthwiseConv2D</a>
 */
public interface DepthwiseArguments<L extends Layer> extends Layer {
  /** The key of how many outputs each channel has. */
  Key<Integer> DEPTH_MULTIPLIER = Key.of("depth_multiplier", Codec.positive(), 1);

  /** The keys of the depthwise kernel's arguments. */
  WeightArguments DEPTHWISE = WeightArguments.of("depthwise", GlorotUniform.of());

  @Override
  Schema<L> schema();

  /** The same layer with several outputs for each channel; 1 by default. */
  default L depthMultiplier(int multiplier) {
    return schema().create(config().with(DEPTH_MULTIPLIER, multiplier));
  }

  /** The same layer with other first values of the depthwise kernel; Glorot uniform by default. */
  default L depthwiseInitializer(Initializer initializer) {
    return schema().create(config().with(DEPTHWISE.initializer(), initializer));
  }

  /** The same layer with a penalty on the depthwise kernel; none by default. */
  default L depthwiseRegularizer(Regularizer regularizer) {
    return schema().create(config().with(DEPTHWISE.regularizer(), Optional.of(regularizer)));
  }

  /** The same layer with bounds for the depthwise kernel; none by default. */
  default L depthwiseConstraint(Constraint constraint) {
    return schema().create(config().with(DEPTHWISE.constraint(), Optional.of(constraint)));
  }
}
