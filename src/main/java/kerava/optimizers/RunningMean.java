package kerava.optimizers;

import java.util.List;
import kerava.graph.Variable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Running means that are kept in slots.
 *
 * @param tf where to add operations
 * @param kept the share of a mean that a step keeps
 * @param added the share of the mean that a step adds
 */
record RunningMean(Ops tf, float kept, float added) {
  /** Rounds 1 − share once, as Keras does where the share is a number of Python. */
  static RunningMean of(Ops tf, double share) {
    return new RunningMean(tf, (float) share, (float) (1 - share));
  }

  /** Takes 1 − share of the rounded share, as Keras does where it is a tensor. */
  static RunningMean rounded(Ops tf, double share) {
    return new RunningMean(tf, (float) share, 1 - (float) share);
  }

  /**
   * Adds a value to a mean.
   *
   * @return the new mean, which is there when the slot holds it
   */
  Operand<TFloat32> add(Variable slot, Operand<TFloat32> value) {
    Operand<TFloat32> old = tf.math.mul(slot.read(tf, TFloat32.class), tf.constant(kept));
    return set(tf, slot, tf.math.add(old, tf.math.mul(value, tf.constant(added))));
  }

  /**
   * Replaces the value of a slot.
   *
   * @return the value, which is there when the slot holds it
   */
  static Operand<TFloat32> set(Ops tf, Variable slot, Operand<TFloat32> value) {
    return tf.withControlDependencies(List.of(slot.assign(tf, value))).identity(value);
  }
}
