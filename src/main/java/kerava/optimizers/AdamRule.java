package kerava.optimizers;

import kerava.Optimizer;
import kerava.Parameter;
import kerava.Update;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The update that Adam and AdamW have in common, by TensorFlow's fused kernels.
 *
 * @param rate the learning rate
 * @param moments β₁ and β₂
 * @param powers β₁ᵗ and β₂ᵗ
 * @param epsilon ε
 * @param amsgrad whether the greatest second moment so far is used
 */
record AdamRule(
    Operand<TFloat32> rate, Pair moments, Pair powers, Operand<TFloat32> epsilon, boolean amsgrad)
    implements Optimizer.Rule {
  record Pair(Operand<TFloat32> first, Operand<TFloat32> second) {}

  static AdamRule of(Update update, Moments moments, boolean amsgrad) {
    Ops tf = update.tf();
    Pair betas = new Pair(update.constant(moments.beta1()), update.constant(moments.beta2()));
    Operand<TFloat32> number = update.number();
    Pair powers = new Pair(tf.math.pow(betas.first(), number), tf.math.pow(betas.second(), number));
    return new AdamRule(update.rate(), betas, powers, update.constant(moments.epsilon()), amsgrad);
  }

  @Override
  public Op update(Ops tf, Parameter parameter, Operand<TFloat32> gradient) {
    if (amsgrad) {
      return tf.train.resourceApplyAdamWithAmsgrad(
          parameter.variable().handle(),
          parameter.slot("momentum").handle(),
          parameter.slot("velocity").handle(),
          parameter.slot("velocity_hat").handle(),
          powers.first(),
          powers.second(),
          rate,
          moments.first(),
          moments.second(),
          epsilon,
          gradient);
    }
    return tf.train.resourceApplyAdam(
        parameter.variable().handle(),
        parameter.slot("momentum").handle(),
        parameter.slot("velocity").handle(),
        powers.first(),
        powers.second(),
        rate,
        moments.first(),
        moments.second(),
        epsilon,
        gradient);
  }
}
