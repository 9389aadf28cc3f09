package kerava.layers;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Sum;
import org.tensorflow.op.nn.TopK;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** The projection of the last axis onto the numbers of at least 0 that sum to 1. */
final class Sparsemax {
  private Sparsemax() {}

  static Operand<TFloat32> of(Ops tf, Operand<TFloat32> x) {
    // Sorting has no gradient in TensorFlow Java 1.1.0, so it only decides which numbers stay.
    Operand<TFloat32> stays = support(tf, tf.stopGradient(x));
    Operand<TInt32> last = tf.constant(-1);
    Operand<TFloat32> count = tf.sum(stays, last, Sum.keepDims(true));
    Operand<TFloat32> sum = tf.sum(tf.math.mul(x, stays), last, Sum.keepDims(true));
    Operand<TFloat32> threshold = tf.math.div(tf.math.sub(sum, tf.constant(1f)), count);
    return tf.nn.relu(tf.math.sub(x, threshold));
  }

  /** 1 for each number that is above the threshold, else 0. */
  private static Operand<TFloat32> support(Ops tf, Operand<TFloat32> x) {
    Operand<TInt32> last = tf.constant(-1);
    Operand<TInt32> size = Sizes.of(tf, x, x.shape().numDimensions() - 1);
    TopK<TFloat32, TInt32> sorted = tf.nn.topK(x, size, TInt32.class);
    Operand<TFloat32> sums = tf.math.cumsum(sorted.values(), last);
    Operand<TFloat32> ranks =
        tf.dtypes.cast(
            tf.range(tf.constant(1), tf.math.add(size, tf.constant(1)), tf.constant(1)),
            TFloat32.class);
    Operand<TFloat32> thresholds = tf.math.div(tf.math.sub(sums, tf.constant(1f)), ranks);
    Operand<TBool> above = tf.math.greater(sorted.values(), thresholds);
    Operand<TFloat32> flags = tf.dtypes.cast(above, TFloat32.class);
    Operand<TFloat32> count = tf.sum(flags, last, Sum.keepDims(true));
    Operand<TFloat32> sum = tf.sum(tf.math.mul(sorted.values(), flags), last, Sum.keepDims(true));
    Operand<TFloat32> threshold = tf.math.div(tf.math.sub(sum, tf.constant(1f)), count);
    return tf.dtypes.cast(tf.math.greater(x, threshold), TFloat32.class);
  }
}
