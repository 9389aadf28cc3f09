package kerava.optimizers;

import java.util.List;
import kerava.Optimizer;
import kerava.Parameter;
import kerava.graph.Variable;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The update of Ftrl.
 *
 * @param rate the learning rate
 * @param power its power, negated
 * @param l1 the penalty on absolute values
 * @param l2 the penalty on squares, with what makes early steps smaller
 * @param shrinkage the penalty on squares that acts on gradients
 */
record FtrlRule(
    Operand<TFloat32> rate,
    Operand<TFloat32> power,
    Operand<TFloat32> l1,
    Operand<TFloat32> l2,
    Operand<TFloat32> shrinkage)
    implements Optimizer.Rule {
  @Override
  public Op update(Ops tf, Parameter parameter, Operand<TFloat32> gradient) {
    Operand<TFloat32> two = tf.constant(2f);
    Operand<TFloat32> weight = parameter.variable().read(tf, TFloat32.class);
    Variable squares = parameter.slot("accumulator");
    Operand<TFloat32> before = squares.read(tf, TFloat32.class);
    Operand<TFloat32> after = tf.math.add(before, parameter.square(tf, gradient));
    Operand<TFloat32> root = tf.math.pow(after, power);
    Operand<TFloat32> shrunk =
        tf.math.add(gradient, tf.math.mul(tf.math.mul(two, shrinkage), weight));
    Operand<TFloat32> sigma = tf.math.div(tf.math.sub(root, tf.math.pow(before, power)), rate);
    Variable slot = parameter.slot("linear");
    Operand<TFloat32> linear =
        RunningMean.set(
            tf,
            slot,
            tf.math.add(
                slot.read(tf, TFloat32.class), tf.math.sub(shrunk, tf.math.mul(sigma, weight))));
    Operand<TFloat32> quadratic = tf.math.add(tf.math.div(root, rate), tf.math.mul(two, l2));
    Operand<TFloat32> clipped = tf.clipByValue(linear, tf.math.neg(l1), l1);
    Op kept = squares.assign(tf, after);
    return parameter
        .variable()
        .assign(
            tf.withControlDependencies(List.of(kept)),
            tf.math.div(tf.math.sub(clipped, linear), quadratic));
  }
}
