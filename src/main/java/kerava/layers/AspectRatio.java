package kerava.layers;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Brings images to the sides' ratio of a size, in the numbers in which Keras does: whole ones, cut
 * off.
 *
 * @param tf adds operations
 * @param x (batch, height, width, channels)
 * @param size the height and the width whose ratio is wanted
 */
record AspectRatio(Ops tf, Operand<TFloat32> x, Size2D size) {
  /** The greatest part in the middle that has the ratio. */
  Operand<TFloat32> cropped() {
    Operand<TInt32> height = tf.math.minimum(height(), wantedHeight());
    Operand<TInt32> width = tf.math.minimum(width(), wantedWidth());
    Operand<TInt32> one = tf.constant(1);
    return part(tf.math.maximum(height, one), tf.math.maximum(width, one));
  }

  /** A part in the middle. */
  Operand<TFloat32> part(Operand<TInt32> height, Operand<TInt32> width) {
    Operand<TInt32> none = tf.constant(0);
    Operand<TInt32> all = tf.constant(-1);
    Operand<TInt32> top = half(tf.math.sub(height(), height));
    Operand<TInt32> left = half(tf.math.sub(width(), width));
    return tf.slice(
        x, tf.stack(List.of(none, top, left, none)), tf.stack(List.of(all, height, width, all)));
  }

  /** The image with borders that give it the ratio, as wide on one side as on the other. */
  Operand<TFloat32> padded(float value) {
    Operand<TInt32> high = tf.math.sub(tf.math.maximum(height(), wantedHeight()), height());
    Operand<TInt32> wide = tf.math.sub(tf.math.maximum(width(), wantedWidth()), width());
    Operand<TInt32> none = tf.constant(new int[] {0, 0});
    Operand<TInt32> rows = tf.stack(List.of(half(high), half(high)));
    Operand<TInt32> columns = tf.stack(List.of(half(wide), half(wide)));
    return tf.pad(x, tf.stack(List.of(none, rows, columns, none)), tf.constant(value));
  }

  private Operand<TInt32> height() {
    return Sizes.of(tf, x, 1);
  }

  private Operand<TInt32> width() {
    return Sizes.of(tf, x, 2);
  }

  private Operand<TInt32> wantedHeight() {
    return scaled(width(), size.height(), size.width());
  }

  private Operand<TInt32> wantedWidth() {
    return scaled(height(), size.width(), size.height());
  }

  private Operand<TInt32> scaled(Operand<TInt32> side, int factor, int divisor) {
    Operand<TInt32> product = tf.math.mul(side, tf.constant(factor));
    return tf.dtypes.cast(
        tf.math.div(tf.dtypes.cast(product, TFloat32.class), tf.constant((float) divisor)),
        TInt32.class);
  }

  private Operand<TInt32> half(Operand<TInt32> size) {
    return tf.math.floorDiv(size, tf.constant(2));
  }
}
