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
    int rank = values.shape().numDimensions();
    int[] axes = IntStream.range(1, rank).toArray();
    return rank == 1 ? values : tf.math.mean(values, tf.constant(axes));
  }
}
