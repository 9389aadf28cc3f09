package kerava.layers;

import java.util.List;
import kerava.Inputs;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;

/** Axes that count from the front, or with negative numbers from the back. */
final class Axes {
  private Axes() {}

  /**
   * The axis, counted from the front.
   *
   * @throws IllegalArgumentException if inputs of this rank have no such axis
   */
  static int of(Inputs inputs, int axis, int rank) {
    if (axis < -rank || axis >= rank) {
      throw inputs.refuse("an input with axis " + axis, "");
    }
    return axis < 0 ? axis + rank : axis;
  }

  /** The same where the axis is known to be there. */
  static int of(int axis, int rank) {
    return axis < 0 ? axis + rank : axis;
  }

  /** The axes as a constant. */
  static Operand<TInt32> constant(Ops tf, List<Integer> axes) {
    return tf.constant(axes.stream().mapToInt(Integer::intValue).toArray());
  }
}
