package kerava.optimizers;

import java.util.List;
import kerava.LearningRate;
import kerava.Optimizer;
import kerava.Slot;
import kerava.TunedOptimizer;
import kerava.Update;
import kerava.WeightSpec;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;

/**
 * Adam (Kingma and Ba 2014), with the defaults of Keras: learning rate 0.001, β₁ 0.9, β₂ 0.999, ε
 * 1e-7.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/optimizers/adam/">Keras: Adam</a>
 */
public record Adam(Config config) implements TunedOptimizer<Adam> {
  private static final Key<Boolean> AMSGRAD = Key.of("amsgrad", Codec.bool(), false);

  /** How the optimizer is written and read. */
  public static final Schema<Adam> SCHEMA =
      Optimizer.schema("Adam", Adam::new, Moments.BETA_1, Moments.BETA_2, Moments.EPSILON, AMSGRAD);

  /** Checks that the arguments go together. */
  public Adam {
    Optimizer.requireOneClipping(config);
  }

  /** Adam with Keras' defaults. */
  public static Adam of() {
    return new Adam(SCHEMA.config());
  }

  /** Adam with a learning rate; 0.001 by default. */
  public static Adam of(double learningRate) {
    return of().withLearningRate(LearningRate.of(learningRate));
  }

  /**
   * The same optimizer with other β₁ and β₂, the shares of the two moments kept; 0.9 and 0.999 by
   * default.
   */
  public Adam betas(double beta1, double beta2) {
    return with(Moments.BETA_1, beta1).with(Moments.BETA_2, beta2);
  }

  /** The same optimizer with another ε; 1e-7 by default. */
  public Adam epsilon(double epsilon) {
    return with(Moments.EPSILON, epsilon);
  }

  /** The same optimizer in its AMSGrad variant (Reddi et al. 2018); off by default. */
  public Adam amsgrad(boolean amsgrad) {
    return with(AMSGRAD, amsgrad);
  }

  @Override
  public List<Slot> ownSlots(List<WeightSpec> weights) {
    List<Slot> slots = Moments.slots(weights);
    if (config.get(AMSGRAD)) {
      weights.forEach(weight -> slots.add(Slot.zeros(weight, "velocity_hat")));
    }
    return slots;
  }

  @Override
  public Rule rule(Update update) {
    return AdamRule.of(update, Moments.of(config), config.get(AMSGRAD));
  }

  @Override
  public Schema<Adam> schema() {
    return SCHEMA;
  }
}
