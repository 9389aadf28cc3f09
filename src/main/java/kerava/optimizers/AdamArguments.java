package kerava.optimizers;

import kerava.config.Codec;
import kerava.config.Key;

/**
 * What Keras' Adam and its relatives take: {@code beta_1}, {@code beta_2} and {@code epsilon}.
 *
 * @param <O> the class of the optimizer
 * @see <a href="https://keras.io/api/optimizers/adam/">Keras: Adam</a>
 */
public interface AdamArguments<O extends TunedOptimizer<O>> extends EpsilonArgument<O> {
  /** The key of the share of the first moment that a step keeps. */
  Key<Double> BETA_1 = Key.of("beta_1", Codec.between(0, 1), 0.9);

  /** The key of the share of the second moment that a step keeps. */
  Key<Double> BETA_2 = Key.of("beta_2", Codec.between(0, 1), 0.999);

  /**
   * The same optimizer with other β₁ and β₂, the shares of the two moments kept; 0.9 and 0.999 by
   * default.
   *
   * @throws IllegalArgumentException if one is not from 0 to 1
   */
  default O betas(double beta1, double beta2) {
    return with(BETA_1, beta1).with(BETA_2, beta2);
  }
}
