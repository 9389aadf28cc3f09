package kerava.images;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * The sides of images beside those whose proportions are wanted, in the numbers in which Keras
 * compares them: products and quotients of float32, cut off.
 *
 * @param tf adds operations
 * @param own the sides of the images
 * @param wanted the sides whose proportions are wanted
 */
public record Proportions(Ops tf, Sides own, Sides wanted) {
  /**
   * A height and a width, scalars.
   *
   * @param height in pixels
   * @param width in pixels
   */
  public record Sides(Operand<TInt32> height, Operand<TInt32> width) {}

  /**
   * A part of images.
   *
   * @param top its first row
   * @param left its first column
   * @param sides its height and width
   */
  public record Part(Operand<TInt32> top, Operand<TInt32> left, Sides sides) {}

  /** The sides that go with the own width and height, each with the other. */
  public Sides fitting() {
    return new Sides(
        side(own.width, wanted.height, wanted.width),
        side(own.height, wanted.width, wanted.height));
  }

  private Operand<TInt32> side(
      Operand<TInt32> other, Operand<TInt32> wantedSide, Operand<TInt32> wantedOther) {
    return whole(tf.math.div(real(tf.math.mul(other, wantedSide)), real(wantedOther)));
  }

  /** The largest part from the middle that has the proportions wanted. */
  public Part cropped() {
    Sides fitting = fitting();
    return middle(new Sides(least(own.height, fitting.height), least(own.width, fitting.width)));
  }

  private Operand<TInt32> least(Operand<TInt32> side, Operand<TInt32> fitting) {
    return tf.math.maximum(tf.math.minimum(side, fitting), tf.constant(1));
  }

  /** The part of some size in the middle. */
  public Part middle(Sides sides) {
    return new Part(start(own.height, sides.height), start(own.width, sides.width), sides);
  }

  private Operand<TInt32> start(Operand<TInt32> side, Operand<TInt32> part) {
    return whole(tf.math.div(real(tf.math.sub(side, part)), tf.constant(2f)));
  }

  private Operand<TFloat32> real(Operand<TInt32> value) {
    return tf.dtypes.cast(value, TFloat32.class);
  }

  private Operand<TInt32> whole(Operand<TFloat32> value) {
    return tf.dtypes.cast(value, TInt32.class);
  }
}
