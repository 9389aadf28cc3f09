package kerava.functional;

import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Axes that count from the front, or from the back where they are negative. */
final class Axes {
  private Axes() {}

  /** The size along an axis. */
  static int size(Operand<TFloat32> values, int axis) {
    return Math.toIntExact(values.shape().get(fromFront(values, axis)));
  }

  /** The same numbers with an axis moved to the end. */
  static Operand<TFloat32> toEnd(Ops tf, Operand<TFloat32> values, int axis) {
    int rank = values.shape().numDimensions();
    int moved = fromFront(values, axis);
    if (moved == rank - 1) {
      return values;
    }
    IntStream others = IntStream.range(0, rank).filter(i -> i != moved);
    int[] order = IntStream.concat(others, IntStream.of(moved)).toArray();
    return tf.linalg.transpose(values, tf.constant(order));
  }

  private static int fromFront(Operand<TFloat32> values, int axis) {
    int rank = values.shape().numDimensions();
    if (axis < -rank || axis >= rank) {
      throw new IllegalArgumentException(
          "axis: expected an axis of " + values.shape() + ", got " + axis + ".");
    }
    return axis < 0 ? axis + rank : axis;
  }
}
