package kerava.layers.preprocessing;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import kerava.Inputs;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Squeeze;
import org.tensorflow.op.math.DenseBincount;
import org.tensorflow.op.ragged.RaggedBincount;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TNumber;

/**
 * How numbers from 0 to below a depth become rows, as Keras' {@code encode_categorical_inputs}.
 *
 * @param mode anything but the numbers themselves
 * @param depth the length of a row
 */
record Encoding(OutputMode mode, long depth) {
  /**
   * The shape of what comes out. Of samples of several axes Keras puts together what stands along
   * the first.
   *
   * @param numbers the shape of the numbers, batch dimension first
   */
  Shape shape(Inputs inputs, Shape numbers) {
    long[] sizes = numbers.asArray();
    if (mode == OutputMode.ONE_HOT) {
      long[] kept = alone(numbers) ? Arrays.copyOf(sizes, sizes.length - 1) : sizes;
      return Shape.of(kept).append(depth);
    }
    if (sizes.length < 2) {
      throw inputs.refuse(
          "an axis of numbers behind the batch, for a row a sample",
          "Is an Input of shape (1) meant?");
    }
    long[] rest = LongStream.of(sizes).skip(2).toArray();
    return sizes.length == 2
        ? Shape.of(sizes[0], depth)
        : Shape.of(sizes[0]).append(Shape.of(rest)).append(depth);
  }

  private static boolean alone(Shape numbers) {
    int rank = numbers.numDimensions();
    return rank > 1 && numbers.get(rank - 1) == 1;
  }

  /** Adds the rows of numbers; those that are not from 0 to below the depth count for nothing. */
  <T extends TNumber> Operand<T> of(Ops tf, Operand<TInt64> numbers, Class<T> type) {
    return of(tf, numbers, type, Optional.empty());
  }

  /**
   * Adds the rows of numbers.
   *
   * @param weights how much each number counts, of their shape; each once without them
   */
  <T extends TNumber> Operand<T> of(
      Ops tf, Operand<TInt64> numbers, Class<T> type, Optional<Operand<T>> weights) {
    Operand<T> one = tf.dtypes.cast(tf.constant(1), type);
    Operand<T> zero = tf.dtypes.cast(tf.constant(0), type);
    if (mode == OutputMode.ONE_HOT) {
      Operand<TInt64> flat =
          alone(numbers.shape()) ? tf.squeeze(numbers, last(numbers.shape())) : numbers;
      return tf.oneHot(flat, size(tf), one, zero);
    }
    boolean once = mode == OutputMode.MULTI_HOT;
    if (numbers.shape().numDimensions() == 2) {
      return tf.math.denseBincount(
          numbers,
          tf.constant(depth),
          weights.orElseGet(() -> tf.zeros(tf.constant(new int[] {0}), type)),
          DenseBincount.binaryOutput(once));
    }
    Operand<T> rows = tf.oneHot(numbers, size(tf), one, zero);
    if (weights.isPresent()) {
      rows = tf.math.mul(rows, tf.expandDims(weights.get(), tf.constant(-1)));
    }
    return once ? tf.reduceMax(rows, tf.constant(1)) : tf.sum(rows, tf.constant(1));
  }

  /**
   * Adds the rows of numbers that stand one sample's after another's.
   *
   * @param splits where the numbers of each sample begin, and where the last one's end
   */
  <T extends TNumber> Operand<T> ragged(
      Ops tf, Operand<TInt64> splits, Operand<TInt64> numbers, Class<T> type) {
    Operand<T> rows =
        tf.ragged.raggedBincount(
            splits,
            numbers,
            tf.constant(depth),
            tf.zeros(tf.constant(new int[] {0}), type),
            RaggedBincount.binaryOutput(mode == OutputMode.MULTI_HOT));
    return tf.ensureShape(rows, Shape.of(Shape.UNKNOWN_SIZE, depth));
  }

  private static Squeeze.Options last(Shape shape) {
    return Squeeze.axis(List.of(shape.numDimensions() - 1L));
  }

  private Operand<TInt32> size(Ops tf) {
    return tf.constant(Math.toIntExact(depth));
  }
}
