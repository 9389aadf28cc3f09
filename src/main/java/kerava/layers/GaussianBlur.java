package kerava.layers;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Blurs images by a bell-shaped kernel; what lies beyond the edges counts as 0.
 *
 * @param tf adds operations
 * @param images (batch, height, width, channels)
 */
record GaussianBlur(Ops tf, Operand<TFloat32> images) {
  /**
   * A kernel along one axis: (size), with the sum 1.
   *
   * @param size an odd number; a scalar
   * @param deviation in pixels, a scalar
   */
  static Operand<TFloat32> bell(Ops tf, Operand<TInt32> size, Operand<TFloat32> deviation) {
    Operand<TFloat32> places =
        tf.dtypes.cast(tf.range(tf.constant(0), size, tf.constant(1)), TFloat32.class);
    Operand<TFloat32> middle =
        tf.math.div(
            tf.dtypes.cast(tf.math.sub(size, tf.constant(1)), TFloat32.class), tf.constant(2f));
    Operand<TFloat32> distance = tf.math.div(tf.math.sub(places, middle), deviation);
    Operand<TFloat32> bell = tf.math.exp(tf.math.mul(tf.constant(-0.5f), tf.math.square(distance)));
    return tf.math.div(bell, tf.sum(bell, tf.constant(0)));
  }

  /**
   * Adds the operations.
   *
   * <p>The numbers of the kernel are counted through row by row and then laid into the kernel's
   * height and width, as Keras does, which mixes them up where these differ.
   *
   * @param first along the axis that Keras names first: (height of the kernel)
   * @param second along the other: (width of the kernel)
   * @param size of the kernel: its height and width, a vector
   */
  Operand<TFloat32> build(Operand<TFloat32> first, Operand<TFloat32> second, Operand<TInt32> size) {
    int channels = Math.toIntExact(images.shape().get(3));
    Operand<TFloat32> square =
        tf.math.mul(tf.expandDims(second, tf.constant(1)), tf.expandDims(first, tf.constant(0)));
    Operand<TFloat32> kernel =
        tf.reshape(square, tf.concat(List.of(size, tf.constant(new int[] {1, 1})), tf.constant(0)));
    return tf.nn.depthwiseConv2dNative(
        images,
        tf.tile(kernel, tf.constant(new int[] {1, 1, channels, 1})),
        List.of(1L, 1L, 1L, 1L),
        "SAME");
  }
}
