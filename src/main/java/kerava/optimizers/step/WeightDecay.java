package kerava.optimizers.step;

import java.util.List;
import java.util.Optional;
import kerava.graph.Variable;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Takes a share of each weight away before it is updated (Loshchilov and Hutter 2017).
 *
 * @param tf where to add operations
 * @param rate the learning rate
 */
record WeightDecay(Ops tf, Operand<TFloat32> rate) {
  /**
   * Adds the decay of a weight.
   *
   * @param decay the share, times the learning rate; empty for none
   * @param after what must have run before
   * @return what must run before the weight is updated
   */
  List<Op> add(Variable weight, Optional<Double> decay, List<Op> after) {
    if (decay.isEmpty()) {
      return after;
    }
    Ops then = tf.withControlDependencies(after);
    Operand<TFloat32> share = tf.math.mul(rate, tf.constant(decay.get().floatValue()));
    Operand<TFloat32> lost = tf.math.mul(weight.read(then, TFloat32.class), share);
    return List.of(then.assignSubVariableOp(weight.handle(), lost));
  }
}
