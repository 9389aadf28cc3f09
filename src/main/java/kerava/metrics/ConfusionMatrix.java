package kerava.metrics;

import java.util.Optional;
import java.util.stream.IntStream;
import kerava.Labels;
import kerava.MetricBatch;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * How often each class is taken for each.
 *
 * @param classes how many classes there are; what is of no class is left out
 * @param ignored a class whose labels are left out
 * @param whole whether class numbers and weights are cut to whole numbers
 */
record ConfusionMatrix(int classes, Optional<Integer> ignored, boolean whole) {
  /** The sum that the matrix is gathered in, as Keras calls it. */
  static final String TOTAL = "total_confusion_matrix";

  /**
   * Adds the operations of the matrix of a batch.
   *
   * @param labels the class of each place, of shape (batch, ...)
   * @param predictions the predicted class of each place, as many as labels
   * @param batch what samples count
   * @return of shape (classes, classes): label, prediction
   */
  Operand<TFloat32> of(
      Ops tf, Operand<TFloat32> labels, Operand<TFloat32> predictions, MetricBatch batch) {
    Operand<TInt32> flat = tf.constant(new int[] {-1});
    Operand<TFloat32> y = cut(tf, tf.reshape(labels, flat));
    Operand<TFloat32> p = cut(tf, tf.reshape(predictions, flat));
    Operand<TFloat32> weights =
        cut(tf, tf.reshape(PerSample.spread(tf, batch.weights(), labels), flat));
    Operand<TBool> counted = tf.math.logicalAnd(within(tf, y), within(tf, p));
    if (ignored.isPresent()) {
      counted =
          tf.math.logicalAnd(counted, tf.math.notEqual(y, tf.constant(ignored.get().floatValue())));
    }
    Operand<TInt32> cell =
        tf.math.add(
            tf.math.mul(tf.dtypes.cast(y, TInt32.class), tf.constant(classes)),
            tf.dtypes.cast(p, TInt32.class));
    Operand<TInt32> none = tf.math.sub(tf.zerosLike(cell), tf.constant(1));
    Operand<TFloat32> cells =
        tf.math.unsortedSegmentSum(
            weights, tf.select(counted, cell, none), tf.constant(classes * classes));
    return tf.reshape(cells, tf.constant(new int[] {classes, classes}));
  }

  private Operand<TBool> within(Ops tf, Operand<TFloat32> numbers) {
    return tf.math.logicalAnd(
        tf.math.greaterEqual(numbers, tf.constant(0f)),
        tf.math.less(numbers, tf.constant((float) classes)));
  }

  private Operand<TFloat32> cut(Ops tf, Operand<TFloat32> numbers) {
    return whole ? tf.dtypes.cast(tf.dtypes.cast(numbers, TInt32.class), TFloat32.class) : numbers;
  }

  /** Labels as floats. */
  static Operand<TFloat32> numbers(Ops tf, Labels labels) {
    return switch (labels.kind()) {
      case CLASSES -> tf.dtypes.cast(labels.classes(), TFloat32.class);
      case TARGETS -> labels.targets();
    };
  }

  /** How many places a shape has behind the batch, or -1 if that is not known. */
  static long places(Shape shape) {
    return IntStream.range(1, shape.numDimensions())
        .mapToLong(shape::get)
        .reduce(1, (a, b) -> a < 0 || b < 0 ? -1 : a * b);
  }
}
