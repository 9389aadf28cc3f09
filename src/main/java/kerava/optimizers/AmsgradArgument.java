package kerava.optimizers;

import kerava.TunedOptimizer;
import kerava.config.Codec;
import kerava.config.Key;

/**
 * What Keras' Adam and AdamW take beside the arguments of their relatives: {@code amsgrad}.
 *
 * @param <O> the class of the optimizer
 * @see <a href="https://keras.io/api/optimizers/adam/">Keras: Adam</a>
 */
public interface AmsgradArgument<O extends TunedOptimizer<O>> extends AdamArguments<O> {
  /** The key of whether the greatest second moment so far is used. */
  Key<Boolean> AMSGRAD = Key.of("amsgrad", Codec.bool(), false);

  /** The same optimizer in its AMSGrad variant (Reddi et al. 2018); off by default. */
  default O amsgrad(boolean amsgrad) {
    return with(AMSGRAD, amsgrad);
  }
}
