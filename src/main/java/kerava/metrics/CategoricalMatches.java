package kerava.metrics;

import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** Whether predictions find the class, for each sample: 1 or 0. */
final class CategoricalMatches {
  private CategoricalMatches() {}

  /** The class numbers of one-hot vectors: (..., classes) → (...). */
  static Operand<TInt32> classes(Ops tf, Operand<TFloat32> oneHot) {
    return tf.math.argMax(oneHot, tf.constant(-1), TInt32.class);
  }

  /** Whether the class has the highest score: (...), (..., classes) → (...). */
  static Operand<TFloat32> best(Ops tf, Operand<TInt32> classes, Operand<TFloat32> scores) {
    return tf.dtypes.cast(tf.math.equal(classes(tf, scores), classes), TFloat32.class);
  }

  /** Whether fewer than k scores are higher than that of the class: (...), (..., classes) → (n). */
  static Operand<TFloat32> top(Ops tf, Operand<TInt32> classes, Operand<TFloat32> scores, int k) {
    int rank = scores.shape().numDimensions();
    int count = Math.toIntExact(scores.shape().get(rank - 1));
    Operand<TFloat32> rows = tf.reshape(scores, tf.constant(new int[] {-1, count}));
    Operand<TInt32> flat = tf.reshape(classes, tf.constant(new int[] {-1}));
    Operand<TFloat32> hits =
        tf.dtypes.cast(tf.nn.inTopK(rows, flat, tf.constant(k)), TFloat32.class);
    return rank == 2 ? hits : tf.reshape(hits, tf.shape(classes));
  }

  /** Whether the class is among the first k of those listed: (...), (..., n) → (...). */
  static Operand<TFloat32> first(Ops tf, Operand<TInt32> classes, Operand<TFloat32> ids, int k) {
    int last = ids.shape().numDimensions() - 1;
    int count = Math.toIntExact(Math.min(k, ids.shape().get(last)));
    Operand<TFloat32> some =
        tf.gather(ids, tf.constant(IntStream.range(0, count).toArray()), tf.constant(last));
    Operand<TFloat32> wanted =
        tf.expandDims(tf.dtypes.cast(classes, TFloat32.class), tf.constant(-1));
    return tf.dtypes.cast(
        tf.reduceAny(tf.math.equal(wanted, some), tf.constant(-1)), TFloat32.class);
  }
}
