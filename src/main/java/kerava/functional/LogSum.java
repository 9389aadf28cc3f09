package kerava.functional;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceMax;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.types.TFloat32;

/** The logarithm of a sum of exponentials, for sums that have no place among floats. */
public final class LogSum {
  private LogSum() {}

  /** log Σ exp(x) along an axis, without that axis; −∞ where all x are. */
  public static Operand<TFloat32> of(Ops tf, Operand<TFloat32> x, int axis) {
    return tf.squeeze(
        kept(tf, x, axis), org.tensorflow.op.core.Squeeze.axis(java.util.List.of((long) axis)));
  }

  /** The same with the axis, of size 1. */
  public static Operand<TFloat32> kept(Ops tf, Operand<TFloat32> x, int axis) {
    Operand<TFloat32> largest =
        tf.stopGradient(tf.reduceMax(x, tf.constant(axis), ReduceMax.keepDims(true)));
    Operand<TFloat32> most = tf.select(tf.math.isFinite(largest), largest, tf.zerosLike(largest));
    Operand<TFloat32> sum =
        tf.reduceSum(
            tf.math.exp(tf.math.sub(x, most)), tf.constant(axis), ReduceSum.keepDims(true));
    return tf.math.add(tf.math.log(sum), most);
  }
}
