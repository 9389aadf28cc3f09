package kerava.regularizers;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Sums over all numbers, whatever their shape. */
final class Sums {
  private Sums() {}

  static Operand<TFloat32> absolute(Ops tf, Operand<TFloat32> values, double factor) {
    return scaled(tf, tf.math.abs(values), factor);
  }

  static Operand<TFloat32> squares(Ops tf, Operand<TFloat32> values, double factor) {
    return scaled(tf, tf.math.square(values), factor);
  }

  private static Operand<TFloat32> scaled(Ops tf, Operand<TFloat32> values, double factor) {
    Operand<TFloat32> row = tf.reshape(values, tf.constant(new int[] {-1}));
    return tf.math.mul(tf.sum(row, tf.constant(0)), tf.constant((float) factor));
  }
}
