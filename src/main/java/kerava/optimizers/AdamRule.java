package kerava.optimizers;

import java.util.List;
import kerava.Optimizer;
import kerava.Parameter;
import kerava.Slot;
import kerava.Update;
import kerava.WeightSpec;
import kerava.graph.Variable;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The update that Adam and AdamW have in common.
 *
 * <p>TensorFlow's fused kernels compute 1 − β₂ in 32 bits, where 1 − 0.999 is 5e-5 too large; Keras
 * rounds the difference of 64 bits. So the second moment is kept here, and the kernel, told that β₂
 * is 1, leaves it as it is.
 *
 * @param rate the learning rate
 * @param shares β₁, and how much of a gradient's square enters the second moment: 1 − β₂
 * @param powers β₁ᵗ and β₂ᵗ
 * @param epsilon ε
 * @param amsgrad whether the greatest second moment so far is used
 */
record AdamRule(
    Operand<TFloat32> rate, Pair shares, Pair powers, Operand<TFloat32> epsilon, boolean amsgrad)
    implements Optimizer.Rule {
  /** What Keras calls the greatest second moment so far. */
  private static final String GREATEST = "velocity_hat";

  record Pair(Operand<TFloat32> first, Operand<TFloat32> second) {}

  /** What Adam remembers of each weight, in Keras' order. */
  static List<Slot> slots(List<WeightSpec> weights, boolean amsgrad) {
    List<Slot> slots = Moments.slots(weights);
    if (amsgrad) {
      weights.forEach(weight -> slots.add(Slot.zeros(weight, GREATEST)));
    }
    return slots;
  }

  static AdamRule of(Update update, Moments moments, boolean amsgrad) {
    Ops tf = update.tf();
    Operand<TFloat32> beta1 = update.constant(moments.beta1());
    Operand<TFloat32> beta2 = update.constant(moments.beta2());
    Pair shares = new Pair(beta1, update.constant(1 - moments.beta2()));
    Operand<TFloat32> number = update.number();
    Pair powers = new Pair(tf.math.pow(beta1, number), tf.math.pow(beta2, number));
    return new AdamRule(update.rate(), shares, powers, update.constant(moments.epsilon()), amsgrad);
  }

  @Override
  public Op update(Ops scope, Parameter parameter, Operand<TFloat32> gradient) {
    Op velocity = second(scope, parameter, gradient);
    Ops tf = scope.withControlDependencies(velocity);
    // TensorFlow's names for what the kernels take.
    Operand<?> var = parameter.variable().handle();
    Operand<?> m = parameter.slot("momentum").handle();
    Operand<?> v = parameter.slot("velocity").handle();
    Operand<TFloat32> power1 = powers.first();
    Operand<TFloat32> power2 = powers.second();
    Operand<TFloat32> beta1 = shares.first();
    Operand<TFloat32> one = tf.constant(1f);
    if (!amsgrad) {
      return tf.train.resourceApplyAdam(
          var, m, v, power1, power2, rate, beta1, one, epsilon, gradient);
    }
    Operand<?> most = parameter.slot(GREATEST).handle();
    return tf.train.resourceApplyAdamWithAmsgrad(
        var, m, v, most, power1, power2, rate, beta1, one, epsilon, gradient);
  }

  private Op second(Ops tf, Parameter parameter, Operand<TFloat32> gradient) {
    Variable velocity = parameter.slot("velocity");
    Operand<TFloat32> growth =
        tf.math.sub(parameter.square(tf, gradient), velocity.read(tf, TFloat32.class));
    return tf.train.resourceApplyGradientDescent(
        velocity.handle(), tf.math.neg(shares.second()), growth);
  }
}
