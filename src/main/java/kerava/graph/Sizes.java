package kerava.graph;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;

/** Sizes that are known only where a graph runs. */
public final class Sizes {
  private Sizes() {}

  /**
   * The size along an axis, a scalar.
   *
   * @param axis counted from the front
   */
  public static Operand<TInt32> of(Ops tf, Operand<?> values, int axis) {
    return tf.gather(tf.shape(values), tf.constant(axis), tf.constant(0));
  }
}
