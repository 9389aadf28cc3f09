package kerava.layers;

import java.util.List;
import kerava.images.Proportions;
import kerava.images.Proportions.Sides;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Brings images to the {@linkplain Proportions proportions} of a size. Where it pads, Keras' layers
 * lay a border around the image and resize both, while its loader of files resizes the image first.
 *
 * @param tf adds operations
 * @param x (batch, height, width, channels)
 * @param size the height and the width whose ratio is wanted
 */
record AspectRatio(Ops tf, Operand<TFloat32> x, Size2D size) {
  /** The greatest part in the middle that has the ratio. */
  Operand<TFloat32> cropped() {
    return part(proportions().cropped());
  }

  /** The part of the size in the middle. */
  Operand<TFloat32> middle() {
    return part(proportions().middle(wanted()));
  }

  private Operand<TFloat32> part(Proportions.Part part) {
    Operand<TInt32> none = tf.constant(0);
    Operand<TInt32> all = tf.constant(-1);
    return tf.slice(
        x,
        tf.stack(List.of(none, part.top(), part.left(), none)),
        tf.stack(List.of(all, part.sides().height(), part.sides().width(), all)));
  }

  /** The image with borders that give it the ratio, as wide on one side as on the other. */
  Operand<TFloat32> padded(float value) {
    Sides fitting = proportions().fitting();
    Operand<TInt32> none = tf.constant(new int[] {0, 0});
    Operand<TInt32> rows = border(own().height(), fitting.height());
    Operand<TInt32> columns = border(own().width(), fitting.width());
    return tf.pad(x, tf.stack(List.of(none, rows, columns, none)), tf.constant(value));
  }

  private Operand<TInt32> border(Operand<TInt32> side, Operand<TInt32> fitting) {
    Operand<TInt32> missing = tf.math.sub(tf.math.maximum(side, fitting), side);
    Operand<TInt32> half = tf.math.floorDiv(missing, tf.constant(2));
    return tf.stack(List.of(half, half));
  }

  private Proportions proportions() {
    return new Proportions(tf, own(), wanted());
  }

  private Sides own() {
    return new Sides(DynamicShape.of(tf, x, 1), DynamicShape.of(tf, x, 2));
  }

  private Sides wanted() {
    return new Sides(tf.constant(size.height()), tf.constant(size.width()));
  }
}
