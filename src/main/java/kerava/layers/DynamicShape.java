package kerava.layers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/** Shapes for TensorFlow's operations, where some dimensions are known only when they run. */
public final class DynamicShape {
  private DynamicShape() {}

  /**
   * A shape as a vector.
   *
   * @param wanted the shape; a dimension that is not known is that of the operand on the same axis
   */
  public static Operand<TInt32> of(Ops tf, Shape wanted, Operand<? extends TFloating> operand) {
    if (!wanted.hasUnknownDimension()) {
      return constant(tf, wanted);
    }
    List<Operand<TInt32>> sizes = new ArrayList<>();
    for (int i = 0; i < wanted.numDimensions(); i++) {
      long size = wanted.get(i);
      sizes.add(
          size == Shape.UNKNOWN_SIZE ? of(tf, operand, i) : tf.constant(Math.toIntExact(size)));
    }
    return tf.stack(sizes);
  }

  /** The size along one axis. */
  public static Operand<TInt32> of(Ops tf, Operand<? extends TFloating> operand, int axis) {
    long size = operand.shape().get(axis);
    return size == Shape.UNKNOWN_SIZE
        ? tf.squeeze(
            tf.slice(tf.shape(operand), tf.constant(new int[] {axis}), tf.constant(new int[] {1})))
        : tf.constant(Math.toIntExact(size));
  }

  /** The operand in another shape, of which at most one dimension may be unknown. */
  public static <T extends TFloating> Operand<T> reshape(Ops tf, Operand<T> operand, Shape wanted) {
    return tf.reshape(operand, constant(tf, wanted));
  }

  /** The operand in the shape of another one. */
  public static <T extends TFloating> Operand<T> like(
      Ops tf, Operand<T> operand, Operand<T> model) {
    long unknown = Arrays.stream(model.shape().asArray()).filter(size -> size < 0).count();
    Operand<TInt32> shape =
        unknown <= 1 ? constant(tf, model.shape()) : of(tf, model.shape(), model);
    return tf.reshape(operand, shape);
  }

  private static Operand<TInt32> constant(Ops tf, Shape shape) {
    int[] sizes = new int[shape.numDimensions()];
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = Math.toIntExact(shape.get(i));
    }
    return tf.constant(sizes);
  }
}
