package kerava.optimizers;

import java.util.List;
import kerava.Slot;
import kerava.Update;
import kerava.WeightSpec;
import kerava.config.Codec;
import kerava.config.Key;

/**
 * What Adam and AdamW have in common: they take {@code amsgrad} beside the arguments of their
 * relatives, and update weights in the same way.
 *
 * @param <O> the class of the optimizer
 * @see <a href="https://keras.io/api/optimizers/adam/">Keras: Adam</a>
 */
public interface AdamVariant<O extends TunedOptimizer<O>> extends AdamArguments<O> {
  /** The key of whether the greatest second moment so far is used. */
  Key<Boolean> AMSGRAD = Key.of("amsgrad", Codec.bool(), false);

  /** The same optimizer in its AMSGrad variant (Reddi et al. 2018); off by default. */
  default O amsgrad(boolean amsgrad) {
    return with(AMSGRAD, amsgrad);
  }

  @Override
  default List<Slot> ownSlots(List<WeightSpec> weights) {
    return AdamRule.slots(weights, config().get(AMSGRAD));
  }

  @Override
  default Rule rule(Update update) {
    return AdamRule.of(update, Moments.of(config()), config().get(AMSGRAD));
  }
}
