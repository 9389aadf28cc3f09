package kerava.layers;

import java.util.Optional;
import kerava.Inputs;
import kerava.Layer;
import kerava.config.Codec;
import kerava.config.Key;
import kerava.config.Schema;
import kerava.constraints.Constraint;
import kerava.initializers.Initializer;
import kerava.initializers.Ones;
import kerava.initializers.Zeros;
import kerava.regularizers.Regularizer;
import org.tensorflow.ndarray.Shape;

/**
 * What Keras' normalizations take: {@code epsilon}, and the offset beta and the factor gamma that
 * they learn for what they have normalized.
 *
 * @param <L> the class of the layer
 * @see <a href="https://keras.io/api/layers/normalization_layers/">Keras: normalization layers</a>
 */
public interface NormalizationArguments<L extends Layer> extends Layer {
  /** The key of what is added to the variance. */
  Key<Double> EPSILON = Key.of("epsilon", Codec.atLeastZero(), 1e-3);

  /** The key of whether there is an offset, beta. */
  Key<Boolean> CENTER = Key.of("center", Codec.bool(), true);

  /** The key of whether there is a factor, gamma. */
  Key<Boolean> SCALE = Key.of("scale", Codec.bool(), true);

  /** The keys of beta's arguments. */
  WeightArguments BETA = WeightArguments.of("beta", Zeros.of());

  /** The keys of gamma's arguments. */
  WeightArguments GAMMA = WeightArguments.of("gamma", Ones.of());

  @Override
  Schema<L> schema();

  /** The shape of the input, which a normalization keeps. */
  @Override
  default Shape outputShape(Inputs inputs) {
    weights(inputs);
    return inputs.single();
  }

  /**
   * The same layer with another number that is added to the variance; 0.001 by default.
   *
   * @throws IllegalArgumentException if it is below 0
   */
  default L epsilon(double epsilon) {
    return schema().create(config().with(EPSILON, epsilon));
  }

  /** The same layer with or without the offset beta; with it by default. */
  default L center(boolean center) {
    return schema().create(config().with(CENTER, center));
  }

  /** The same layer with or without the factor gamma; with it by default. */
  default L scale(boolean scale) {
    return schema().create(config().with(SCALE, scale));
  }

  /** The same layer with other first values of beta; zeros by default. */
  default L betaInitializer(Initializer initializer) {
    return schema().create(config().with(BETA.initializer(), initializer));
  }

  /** The same layer with a penalty on beta; none by default. */
  default L betaRegularizer(Regularizer regularizer) {
    return schema().create(config().with(BETA.regularizer(), Optional.of(regularizer)));
  }

  /** The same layer with bounds for beta; none by default. */
  default L betaConstraint(Constraint constraint) {
    return schema().create(config().with(BETA.constraint(), Optional.of(constraint)));
  }

  /** The same layer with other first values of gamma; ones by default. */
  default L gammaInitializer(Initializer initializer) {
    return schema().create(config().with(GAMMA.initializer(), initializer));
  }

  /** The same layer with a penalty on gamma; none by default. */
  default L gammaRegularizer(Regularizer regularizer) {
    return schema().create(config().with(GAMMA.regularizer(), Optional.of(regularizer)));
  }

  /** The same layer with bounds for gamma; none by default. */
  default L gammaConstraint(Constraint constraint) {
    return schema().create(config().with(GAMMA.constraint(), Optional.of(constraint)));
  }
}
