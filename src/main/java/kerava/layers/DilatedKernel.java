package kerava.layers;

import kerava.graph.Cast;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/** Kernels whose elements stand apart. */
final class DilatedKernel {
  private DilatedKernel() {}

  /**
   * The kernel with zeros between its elements: (height, width, ...) → ((height - 1) · rate + 1,
   * (width - 1) · rate + 1, ...).
   *
   * <p>Convolutions take a dilation rate themselves, but TensorFlow Java 1.1.0's gradients of them
   * pass it over.
   */
  static <T extends TFloating> Operand<T> in(Ops tf, Operand<T> kernel, Size2D rate) {
    if (rate.equals(Size2D.of(1))) {
      return kernel;
    }
    Shape shape = kernel.shape();
    int height = Math.toIntExact(shape.get(0));
    int width = Math.toIntExact(shape.get(1));
    int[] rest = {Math.toIntExact(shape.get(2)), Math.toIntExact(shape.get(3))};
    Operand<T> apart =
        tf.reshape(kernel, tf.constant(new int[] {height, 1, width, 1, rest[0], rest[1]}));
    int[][] zeros = {{0, 0}, {0, rate.height() - 1}, {0, 0}, {0, rate.width() - 1}, {0, 0}, {0, 0}};
    Operand<T> padded =
        tf.pad(apart, tf.constant(zeros), Cast.to(tf, tf.constant(0f), kernel.type()));
    int[] together = {height * rate.height(), width * rate.width(), rest[0], rest[1]};
    Size2D size = new Size2D(height, width).dilated(rate);
    return tf.slice(
        tf.reshape(padded, tf.constant(together)),
        tf.constant(new int[4]),
        tf.constant(new int[] {size.height(), size.width(), rest[0], rest[1]}));
  }
}
