package kerava.optimizers;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import kerava.LearningRate;
import kerava.Optimizer;
import kerava.Slot;
import kerava.WeightSpec;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * Adam (Kingma and Ba 2014), with the defaults of Keras: learning rate 0.001, β₁ 0.9, β₂ 0.999, ε
 * 1e-7.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/optimizers/adam/">Keras: Adam</a>
 */
public record Adam(Config config) implements Optimizer {
  private static final Key<LearningRate> RATE = LearningRate.key(0.001);
  private static final Key<Double> BETA_1 = Key.of("beta_1", Codec.between(0, 1), 0.9);
  private static final Key<Double> BETA_2 = Key.of("beta_2", Codec.between(0, 1), 0.999);
  private static final Key<Double> EPSILON = Key.of("epsilon", Codec.atLeastZero(), 1e-7);
  private static final Key<Boolean> AMSGRAD = Key.of("amsgrad", Codec.bool(), false);

  /** How the optimizer is written and read. */
  public static final Schema<Adam> SCHEMA =
      Optimizer.schema("Adam", Adam::new, RATE, BETA_1, BETA_2, EPSILON, AMSGRAD);

  /** Checks that the arguments go together. */
  public Adam {
    Optimizer.requireOneClipping(config);
  }

  /** Adam with Keras' defaults. */
  public static Adam of() {
    return new Adam(SCHEMA.config());
  }

  /** Adam with a learning rate. */
  public static Adam of(double learningRate) {
    return of().withLearningRate(LearningRate.of(learningRate));
  }

  private <T> Adam with(Key<T> key, T value) {
    return new Adam(config.with(key, value));
  }

  /** The same optimizer with other decay rates of the two moments; 0.9 and 0.999 by default. */
  public Adam betas(double beta1, double beta2) {
    return with(BETA_1, beta1).with(BETA_2, beta2);
  }

  /** The same optimizer with another ε; 1e-7 by default. */
  public Adam epsilon(double epsilon) {
    return with(EPSILON, epsilon);
  }

  /** The same optimizer in its AMSGrad variant (Reddi et al. 2018); off by default. */
  public Adam amsgrad(boolean amsgrad) {
    return with(AMSGRAD, amsgrad);
  }

  /** The same optimizer with decoupled weight decay; none by default. */
  public Adam weightDecay(double decay) {
    return with(WEIGHT_DECAY, Optional.of(decay));
  }

  /** The same optimizer that clips each gradient to a norm; off by default. */
  public Adam clipnorm(double norm) {
    return with(CLIPNORM, Optional.of(norm));
  }

  /** The same optimizer that clips all gradients together to a norm; off by default. */
  public Adam globalClipnorm(double norm) {
    return with(GLOBAL_CLIPNORM, Optional.of(norm));
  }

  /** The same optimizer that clips each number of a gradient; off by default. */
  public Adam clipvalue(double value) {
    return with(CLIPVALUE, Optional.of(value));
  }

  @Override
  public LearningRate learningRate() {
    return config.get(RATE);
  }

  @Override
  public Adam withLearningRate(LearningRate rate) {
    return with(RATE, rate);
  }

  @Override
  public List<Slot> slots(List<WeightSpec> weights) {
    List<Slot> slots = new ArrayList<>();
    for (WeightSpec weight : weights) {
      slots.add(Slot.zeros(weight, "momentum"));
      slots.add(Slot.zeros(weight, "velocity"));
    }
    if (config.get(AMSGRAD)) {
      weights.forEach(weight -> slots.add(Slot.zeros(weight, "velocity_hat")));
    }
    return slots;
  }

  @Override
  public Rule rule(Ops tf, Operand<TFloat32> rate, Operand<TInt64> iteration) {
    Operand<TFloat32> step =
        tf.dtypes.cast(tf.math.add(iteration, tf.constant(1L)), TFloat32.class);
    Operand<TFloat32> beta1 = tf.constant(config.get(BETA_1).floatValue());
    Operand<TFloat32> beta2 = tf.constant(config.get(BETA_2).floatValue());
    Operand<TFloat32> epsilon = tf.constant(config.get(EPSILON).floatValue());
    Operand<TFloat32> power1 = tf.math.pow(beta1, step);
    Operand<TFloat32> power2 = tf.math.pow(beta2, step);
    if (config.get(AMSGRAD)) {
      return (here, parameter, gradient) ->
          here.train.resourceApplyAdamWithAmsgrad(
              parameter.variable().handle(),
              parameter.slot("momentum").handle(),
              parameter.slot("velocity").handle(),
              parameter.slot("velocity_hat").handle(),
              power1,
              power2,
              rate,
              beta1,
              beta2,
              epsilon,
              gradient);
    }
    return (here, parameter, gradient) ->
        here.train.resourceApplyAdam(
            parameter.variable().handle(),
            parameter.slot("momentum").handle(),
            parameter.slot("velocity").handle(),
            power1,
            power2,
            rate,
            beta1,
            beta2,
            epsilon,
            gradient);
  }

  @Override
  public Schema<Adam> schema() {
    return SCHEMA;
  }
}
