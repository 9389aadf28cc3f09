package kerava.metrics;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** What a metric gives for each sample. */
final class PerSample {
  private PerSample() {}

  /** The sum over all axes but the first: (batch, ...) → (batch). */
  static Operand<TFloat32> sum(Ops tf, Operand<TFloat32> values) {
    int[] axes = axes(values);
    return axes.length == 0 ? values : tf.reduceSum(values, tf.constant(axes));
  }

  /** The number of each sample at all its places: (batch) → the shape of the values. */
  static Operand<TFloat32> spread(Ops tf, Operand<TFloat32> samples, Operand<TFloat32> values) {
    int[] each = new int[values.shape().numDimensions()];
    Arrays.fill(each, 1);
    each[0] = -1;
    return tf.ensureShape(
        tf.broadcastTo(tf.reshape(samples, tf.constant(each)), tf.shape(values)), values.shape());
  }

  private static int[] axes(Operand<TFloat32> values) {
    return IntStream.range(1, values.shape().numDimensions()).toArray();
  }
}
