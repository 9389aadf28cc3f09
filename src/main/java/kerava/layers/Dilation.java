package kerava.layers;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import kerava.graph.Cast;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * Windows with holes. TensorFlow's convolutions take a dilation rate themselves, but TensorFlow
 * Java 1.1.0's gradients of them pass it over, and CPUs have no kernel for volumes.
 */
final class Dilation {
  private Dilation() {}

  /**
   * Slides a window with holes over an image or a volume at steps of 1.
   *
   * <p>What stands a rate apart is dealt into an image of its own, over which the window slides
   * without holes; then the images are put together again.
   *
   * @param valid slides the window without holes, and does not reach over the border
   */
  static <T extends TFloating> Operand<T> around(
      Ops tf, Operand<T> x, Window window, UnaryOperator<Operand<T>> valid) {
    List<Operand<TInt32>> added = new ArrayList<>();
    List<Operand<TInt32>> cut = new ArrayList<>();
    for (int axis = 0; axis < window.size().axes(); axis++) {
      Operand<TInt32> border = window.border(tf, x, axis);
      Operand<TInt32> all =
          tf.math.add(DynamicShape.of(tf, x, axis + 1), tf.sum(border, tf.constant(0)));
      Operand<TInt32> missing =
          tf.math.floorMod(tf.math.neg(all), tf.constant(window.rate().along(axis)));
      Operand<TInt32> atTheEnd = tf.stack(List.of(tf.constant(0), missing));
      added.add(tf.math.add(border, atTheEnd));
      cut.add(atTheEnd);
    }
    Operand<TInt32> rates = tf.constant(Sizes.numbers(window.rate()).toArray());
    Operand<T> dealt = tf.spaceToBatchNd(x, rates, tf.stack(added));
    return tf.batchToSpaceNd(valid.apply(dealt), rates, tf.stack(cut));
  }

  /**
   * The kernel with zeros between its numbers: (height, width, inputs, outputs) → ((height - 1) ·
   * rate + 1, (width - 1) · rate + 1, inputs, outputs), and the same for volumes.
   */
  static <T extends TFloating> Operand<T> kernel(Ops tf, Operand<T> kernel, Window window) {
    if (!window.isDilated()) {
      return kernel;
    }
    int axes = window.size().axes();
    int[] channels = {size(kernel.shape(), axes), size(kernel.shape(), axes + 1)};
    IntStream.Builder apart = IntStream.builder();
    IntStream.Builder together = IntStream.builder();
    IntStream.Builder reach = IntStream.builder();
    int[][] zeros = new int[2 * axes + 2][2];
    for (int axis = 0; axis < axes; axis++) {
      int size = window.size().along(axis);
      int rate = window.rate().along(axis);
      apart.add(size).add(1);
      zeros[2 * axis + 1][1] = rate - 1;
      together.add(size * rate);
      reach.add(window.reach(axis));
    }
    Operand<T> padded =
        tf.pad(
            tf.reshape(kernel, tf.constant(with(apart, channels))),
            tf.constant(zeros),
            Cast.to(tf, tf.constant(0f), kernel.type()));
    return tf.slice(
        tf.reshape(padded, tf.constant(with(together, channels))),
        tf.constant(new int[axes + 2]),
        tf.constant(with(reach, channels)));
  }

  private static int size(Shape shape, int axis) {
    return Math.toIntExact(shape.get(axis));
  }

  private static int[] with(IntStream.Builder sizes, int... channels) {
    return IntStream.concat(sizes.build(), IntStream.of(channels)).toArray();
  }
}
