package kerava.layers;

import java.util.List;
import java.util.Locale;
import kerava.config.Config;
import kerava.graph.Scope;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.image.ImageProjectiveTransformV3;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Computes images whose pixels stand elsewhere, each image by a map of its own, affine or
 * projective.
 *
 * <p>TensorFlow Java 1.1.0 has no C++ gradient for the operation, so what stands before it in a
 * model cannot be trained.
 *
 * @param scope of the layer
 * @param config of the layer: what to do at the edges and between pixels
 * @param images (batch, height, width, channels)
 */
record Warp(Scope scope, Config config, Operand<TFloat32> images) {

  /**
   * The images' height as a number.
   *
   * @return a scalar
   */
  Operand<TFloat32> height() {
    return size(1);
  }

  /**
   * The images' width as a number.
   *
   * @return a scalar
   */
  Operand<TFloat32> width() {
    return size(2);
  }

  /** Where the middle of a side is, in pixels. */
  Operand<TFloat32> middle(Operand<TFloat32> side) {
    Ops tf = scope.tf();
    return tf.math.mul(tf.math.sub(side, tf.constant(1f)), tf.constant(0.5f));
  }

  /**
   * Adds the operations.
   *
   * @param x how the column of the pixel to take follows: (a, b, c) for a · column + b · row + c,
   *     each of shape (batch)
   * @param y the same for the row
   */
  Operand<TFloat32> build(List<Operand<TFloat32>> x, List<Operand<TFloat32>> y) {
    Ops tf = scope.tf();
    Operand<TFloat32> zero = tf.zerosLike(x.get(0));
    List<Operand<TFloat32>> rows =
        List.of(x.get(0), x.get(1), x.get(2), y.get(0), y.get(1), y.get(2), zero, zero);
    Operand<TFloat32> maps = tf.stack(rows, org.tensorflow.op.core.Stack.axis(1L));
    return build(maps, config.get(FillArguments.FILL_MODE));
  }

  /**
   * Adds the operations.
   *
   * @param maps (batch, 8), the projection of each image as TensorFlow takes it
   * @param mode what stands beyond the edges
   */
  Operand<TFloat32> build(Operand<TFloat32> maps, FillMode mode) {
    Ops tf = scope.tf();
    Operand<TInt32> size =
        tf.stack(List.of(DynamicShape.of(tf, images, 1), DynamicShape.of(tf, images, 2)));
    return tf.image.imageProjectiveTransformV3(
        images,
        maps,
        known(size),
        tf.constant(config.get(InterpolationArguments.FILL_VALUE).floatValue()),
        config.get(InterpolationArguments.INTERPOLATION).name().toUpperCase(Locale.ROOT),
        ImageProjectiveTransformV3.fillMode(mode.name()));
  }

  // The shape of the result is inferred from a constant only.
  private Operand<TInt32> known(Operand<TInt32> size) {
    long height = images.shape().get(1);
    long width = images.shape().get(2);
    return height < 0 || width < 0
        ? size
        : scope.tf().constant(new int[] {Math.toIntExact(height), Math.toIntExact(width)});
  }

  private Operand<TFloat32> size(int axis) {
    Ops tf = scope.tf();
    return tf.dtypes.cast(DynamicShape.of(tf, images, axis), TFloat32.class);
  }
}
