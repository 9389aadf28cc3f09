package kerava.optimizers;

import kerava.config.Codec;
import kerava.config.Key;

/**
 * What Keras' optimizers that divide by a root take: {@code epsilon}.
 *
 * @param <O> the class of the optimizer
 * @see <a href="https://keras.io/api/optimizers/">Keras: optimizers</a>
 */
public interface EpsilonArgument<O extends TunedOptimizer<O>> extends TunedOptimizer<O> {
  /** The key of what keeps a divisor from 0. */
  Key<Double> EPSILON = Key.of("epsilon", Codec.atLeastZero(), 1e-7);

  /**
   * The same optimizer with another ε; 1e-7 by default.
   *
   * @throws IllegalArgumentException if it is below 0
   */
  default O epsilon(double epsilon) {
    return with(EPSILON, epsilon);
  }
}
