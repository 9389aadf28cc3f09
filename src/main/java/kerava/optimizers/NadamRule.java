package kerava.optimizers;

import java.util.List;
import kerava.Optimizer;
import kerava.Parameter;
import kerava.Update;
import kerava.graph.Variable;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The update of Nadam.
 *
 * @param moments β₁, β₂ and ε
 * @param factors what all weights have in common
 * @param once stores the product of the momenta
 */
record NadamRule(Moments moments, Factors factors, List<Op> once) implements Optimizer.Rule {
  /**
   * What all weights have in common.
   *
   * @param momentum what the first moment is multiplied by
   * @param gradient what the gradient is multiplied by
   * @param unbias what the second moment is divided by
   * @param rate the learning rate
   */
  record Factors(
      Operand<TFloat32> momentum,
      Operand<TFloat32> gradient,
      Operand<TFloat32> unbias,
      Operand<TFloat32> rate) {}

  static NadamRule of(Update update, Moments moments, Variable product) {
    Ops tf = update.tf();
    Operand<TFloat32> one = update.constant(1);
    Operand<TFloat32> now = momentum(update, moments.beta1(), 1);
    Operand<TFloat32> next = momentum(update, moments.beta1(), 2);
    Operand<TFloat32> all = tf.math.mul(product.read(tf, TFloat32.class), now);
    Operand<TFloat32> power = tf.math.pow(update.constant(moments.beta2()), update.number());
    Factors factors =
        new Factors(
            tf.math.div(next, tf.math.sub(one, tf.math.mul(all, next))),
            tf.math.div(tf.math.sub(one, now), tf.math.sub(one, all)),
            tf.math.sub(one, power),
            update.rate());
    return new NadamRule(moments, factors, List.of(product.assign(tf, all)));
  }

  /** The momentum of a step: β₁(1 − 0.96ᵗ / 2). */
  static double momentum(double beta1, long step) {
    return beta1 * (1 - 0.5 * Math.pow(0.96, (double) step));
  }

  /** The same in the graph. */
  private static Operand<TFloat32> momentum(Update update, double beta1, long step) {
    Ops tf = update.tf();
    Operand<TFloat32> decay = tf.math.pow(update.constant(0.96), update.after(step));
    return tf.math.mul(
        update.constant(beta1),
        tf.math.sub(update.constant(1), tf.math.mul(update.constant(0.5), decay)));
  }

  @Override
  public Op update(Ops tf, Parameter parameter, Operand<TFloat32> gradient) {
    Operand<TFloat32> m =
        RunningMean.rounded(tf, moments.beta1()).add(parameter.slot("momentum"), gradient);
    Operand<TFloat32> v =
        RunningMean.rounded(tf, moments.beta2())
            .add(parameter.slot("velocity"), parameter.square(tf, gradient));
    Operand<TFloat32> direction =
        tf.math.add(tf.math.mul(factors.momentum(), m), tf.math.mul(factors.gradient(), gradient));
    Operand<TFloat32> root = tf.math.sqrt(tf.math.div(v, factors.unbias()));
    Operand<TFloat32> move =
        tf.math.div(
            tf.math.mul(direction, factors.rate()),
            tf.math.add(root, tf.constant((float) moments.epsilon())));
    return tf.assignSubVariableOp(parameter.variable().handle(), move);
  }
}
