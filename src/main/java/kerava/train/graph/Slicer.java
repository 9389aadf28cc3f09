package kerava.train.graph;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TType;

/**
 * Cuts one of several nearly equal parts out of a batch. Each has at least one sample, also where
 * none is left for it: oneDNN's kernels in TensorFlow 2.18 give empty batches a wrong shape.
 */
record Slicer(Ops tf, Operand<?> batch, int index, int count) {
  <T extends TType> Operand<T> slice(Operand<T> values) {
    if (count == 1) {
      return values;
    }
    Operand<TInt32> first =
        tf.math.minimum(border(index), tf.math.sub(batchSize(), tf.constant(1)));
    Operand<TInt32> size = tf.math.maximum(ownSize(), tf.constant(1));
    // A slice of computed size forgets the sizes that it leaves alone; layers want them.
    Operand<T> part = tf.slice(values, padded(tf, values, first, 0), padded(tf, values, size, -1));
    return tf.ensureShape(part, values.shape());
  }

  Optional<Operand<TInt32>> counted() {
    return count == 1 ? Optional.empty() : Optional.of(ownSize());
  }

  private Operand<TInt32> ownSize() {
    return tf.math.sub(border(index + 1), border(index));
  }

  private Operand<TInt32> border(int i) {
    return tf.math.div(tf.math.mul(batchSize(), tf.constant(i)), tf.constant(count));
  }

  private Operand<TInt32> batchSize() {
    return tf.shape.size(tf.shape(batch), tf.constant(0));
  }

  static Operand<TInt32> padded(Ops tf, Operand<?> values, Operand<TInt32> first, int others) {
    int[] rest = new int[values.shape().numDimensions() - 1];
    Arrays.fill(rest, others);
    return tf.concat(
        List.of(tf.reshape(first, tf.constant(new int[] {1})), tf.constant(rest)), tf.constant(0));
  }
}
