package kerava.metrics;

import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** What a metric gives for each sample. */
final class PerSample {
  private PerSample() {}

  /** The mean over all axes but the first: (batch, ...) → (batch). */
  static Operand<TFloat32> mean(Ops tf, Operand<TFloat32> values) {
    int[] axes = axes(values);
    return axes.length == 0 ? values : tf.math.mean(values, tf.constant(axes));
  }

  /** The sum over all axes but the first: (batch, ...) → (batch). */
  static Operand<TFloat32> sum(Ops tf, Operand<TFloat32> values) {
    int[] axes = axes(values);
    return axes.length == 0 ? values : tf.reduceSum(values, tf.constant(axes));
  }

  private static int[] axes(Operand<TFloat32> values) {
    return IntStream.range(1, values.shape().numDimensions()).toArray();
  }
}
