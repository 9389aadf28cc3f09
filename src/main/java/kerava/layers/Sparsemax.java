package kerava.layers;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Sum;
import org.tensorflow.op.nn.TopK;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * max(x - τ, 0) with the τ of Keras: a mean of the sums of the greatest, the greatest two and so on
 * of those numbers that stay. Where more than one stays it is not the τ of the paper.
 */
final class Sparsemax {
  private Sparsemax() {}

  static Operand<TFloat32> of(Ops tf, Operand<TFloat32> x) {
    Operand<TInt32> size = DynamicShape.of(tf, x, x.shape().numDimensions() - 1);
    // Sorting has no gradient in TensorFlow Java 1.1.0, so it only decides how much each counts.
    TopK<TFloat32, TInt32> sorted = tf.nn.topK(tf.stopGradient(x), size, TInt32.class);
    Operand<TFloat32> count = staying(tf, sorted.values(), size);
    Operand<TFloat32> places = places(tf, sorted.indices(), size);
    Operand<TFloat32> times = tf.stopGradient(tf.nn.relu(tf.math.sub(count, places)));
    Operand<TFloat32> sum = tf.sum(tf.math.mul(x, times), tf.constant(-1), Sum.keepDims(true));
    Operand<TFloat32> threshold =
        tf.math.div(tf.math.sub(sum, tf.constant(1f)), tf.stopGradient(count));
    return tf.nn.relu(tf.math.sub(x, threshold));
  }

  /** How many of the sorted numbers stay. */
  private static Operand<TFloat32> staying(Ops tf, Operand<TFloat32> sorted, Operand<TInt32> size) {
    Operand<TFloat32> ranks =
        tf.dtypes.cast(
            tf.range(tf.constant(1), tf.math.add(size, tf.constant(1)), tf.constant(1)),
            TFloat32.class);
    Operand<TFloat32> sums = tf.math.cumsum(sorted, tf.constant(-1));
    Operand<TFloat32> thresholds = tf.math.div(tf.math.sub(sums, tf.constant(1f)), ranks);
    Operand<TBool> above = tf.math.greater(tf.math.sub(sorted, thresholds), tf.constant(0f));
    return tf.sum(tf.dtypes.cast(above, TFloat32.class), tf.constant(-1), Sum.keepDims(true));
  }

  /** The place of each number among the sorted, from 0: where its index stands in theirs. */
  private static Operand<TFloat32> places(Ops tf, Operand<TInt32> indices, Operand<TInt32> size) {
    return tf.dtypes.cast(
        tf.nn.topK(tf.math.neg(indices), size, TInt32.class).indices(), TFloat32.class);
  }
}
