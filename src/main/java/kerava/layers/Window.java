package kerava.layers;

import java.util.List;
import kerava.Inputs;
import kerava.graph.Cast;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * A window that moves over an image.
 *
 * @param size its size, holes of a dilated kernel included
 * @param strides its step
 * @param padding what it does at the border
 */
record Window(Size2D size, Size2D strides, Padding padding) {
  /** The shape of what the window gives: (batch, height', width', channels). */
  Shape outputShape(Inputs inputs, long channels) {
    Shape x = inputs.image();
    long height = padding.outputDimension(x.get(1), size.height(), strides.height());
    long width = padding.outputDimension(x.get(2), size.width(), strides.width());
    if (tooSmall(x.get(1), size.height()) || tooSmall(x.get(2), size.width())) {
      throw inputs.refuse("an image of at least " + size, "Is it pooled once too often?");
    }
    return Shape.of(x.get(0), height, width, channels);
  }

  /** The image with the zeros around it that {@code SAME} padding reaches into. */
  <T extends TFloating> Operand<T> padded(Ops tf, Operand<T> x) {
    if (padding == Padding.VALID) {
      return x;
    }
    Operand<TInt32> none = tf.constant(new int[] {0, 0});
    Operand<TInt32> rows = border(tf, DynamicShape.of(tf, x, 1), size.height(), strides.height());
    Operand<TInt32> columns = border(tf, DynamicShape.of(tf, x, 2), size.width(), strides.width());
    return tf.pad(
        x, tf.stack(List.of(none, rows, columns, none)), Cast.to(tf, tf.constant(0f), x.type()));
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

  private boolean tooSmall(long input, int window) {
    return padding == Padding.VALID && input != Shape.UNKNOWN_SIZE && input < window;
  }
}
