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
 * @param share the share of a mean that a step keeps
 */
record Running(Ops tf, double share) {
  /**
   * Adds a value to a mean.
   *
   * @return the new mean, which is there when the slot holds it
   */
  Operand<TFloat32> add(Variable slot, Operand<TFloat32> value) {
    Operand<TFloat32> kept = tf.math.mul(slot.read(tf, TFloat32.class), tf.constant((float) share));
    Operand<TFloat32> added = tf.math.mul(value, tf.constant((float) (1 - share)));
    return set(slot, tf.math.add(kept, added));
  }

  /**
   * Replaces the value of a slot.
   *
   * @return the value, which is there when the slot holds it
   */
  Operand<TFloat32> set(Variable slot, Operand<TFloat32> value) {
    return tf.withControlDependencies(List.of(slot.assign(tf, value))).identity(value);
  }
}
