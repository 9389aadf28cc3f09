package kerava.layers;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import kerava.Inputs;
import kerava.graph.Cast;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * A window that moves over a sequence, an image or a volume.
 *
 * @param size how many numbers it sees along each axis
 * @param rate how far apart these stand
 * @param strides its step
 * @param padding what it does at the border
 */
record Window(Size size, Size rate, Size strides, Padding padding) {
  /** How far the window reaches along an axis, holes included. */
  int reach(int axis) {
    return Math.multiplyExact(size.along(axis) - 1, rate.along(axis)) + 1;
  }

  /** Whether there are holes in the window. */
  boolean isDilated() {
    return IntStream.range(0, size.axes()).anyMatch(axis -> reach(axis) > size.along(axis));
  }

  /** The same window at other steps. */
  Window strides(Size others) {
    return new Window(size, rate, others, padding);
  }

  /** The same window with another padding. */
  Window padding(Padding other) {
    return new Window(size, rate, strides, other);
  }

  /** The same window over sequences that are {@link OneRow images of one row}. */
  Window inRows() {
    return size.axes() > 1 ? this : new Window(inRow(size), inRow(rate), inRow(strides), padding);
  }

  private static Size inRow(Size size) {
    return new Size2D(1, size.along(0));
  }

  /** The shape of what the window gives: as many places as it has, and so many channels. */
  Shape outputShape(Inputs inputs, long channels) {
    long[] sizes = inputs.spatial(size.axes()).asArray();
    for (int axis = 0; axis < size.axes(); axis++) {
      long input = sizes[axis + 1];
      sizes[axis + 1] = padding.outputDimension(input, reach(axis), strides.along(axis));
      if (padding == Padding.VALID && input != Shape.UNKNOWN_SIZE && input < reach(axis)) {
        throw inputs.refuse(
            Sizes.thing(size.axes()) + " of at least " + reach(), "Is it pooled once too often?");
      }
    }
    sizes[sizes.length - 1] = channels;
    return Shape.of(sizes);
  }

  private String reach() {
    List<String> all = IntStream.range(0, size.axes()).mapToObj(i -> "" + reach(i)).toList();
    return all.size() == 1 ? all.get(0) : "(" + String.join(", ", all) + ")";
  }

  /** The input with the zeros around it that the window reaches into. */
  <T extends TFloating> Operand<T> padded(Ops tf, Operand<T> x) {
    if (padding == Padding.VALID) {
      return x;
    }
    Operand<TInt32> none = tf.constant(new int[] {0, 0});
    List<Operand<TInt32>> all = new ArrayList<>(List.of(none));
    for (int axis = 0; axis < size.axes(); axis++) {
      all.add(border(tf, x, axis));
    }
    all.add(none);
    return tf.pad(x, tf.stack(all), Cast.to(tf, tf.constant(0f), x.type()));
  }

  /** How many zeros the window reaches into where an axis begins and where it ends. */
  Operand<TInt32> border(Ops tf, Operand<? extends TFloating> x, int axis) {
    return switch (padding) {
      case VALID -> tf.constant(new int[] {0, 0});
      case CAUSAL -> tf.constant(new int[] {reach(axis) - 1, 0});
      case SAME -> border(tf, DynamicShape.of(tf, x, axis + 1), reach(axis), strides.along(axis));
    };
  }

  private static Operand<TInt32> border(Ops tf, Operand<TInt32> side, int window, int stride) {
    Operand<TInt32> step = tf.constant(stride);
    Operand<TInt32> last =
        tf.math.mul(tf.math.floorDiv(tf.math.sub(side, tf.constant(1)), step), step);
    Operand<TInt32> reach = tf.math.sub(tf.math.add(last, tf.constant(window)), side);
    Operand<TInt32> all = tf.math.maximum(reach, tf.constant(0));
    Operand<TInt32> before = tf.math.floorDiv(all, tf.constant(2));
    return tf.stack(List.of(before, tf.math.sub(all, before)));
  }
}
