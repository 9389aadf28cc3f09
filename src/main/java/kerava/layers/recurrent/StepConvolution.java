package kerava.layers.recurrent;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import kerava.layers.Padding;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Squeeze;
import org.tensorflow.op.core.StridedSlice;
import org.tensorflow.types.TFloat32;

/**
 * A convolution over one axis, two or three, made of those over two, which have gradients on every
 * device.
 *
 * @param strides its step along each axis
 * @param padding what it does at the border
 * @param dilation the distance of the kernel's elements along each axis
 */
record StepConvolution(List<Integer> strides, Padding padding, List<Integer> dilation) {
  /** All axes of a volume but the first of its sizes, as bits. */
  private static final long OTHERS = 0b11101;

  /** With steps of 1 and no holes, over as many axes. */
  static StepConvolution plain(int axes) {
    List<Integer> ones = Collections.nCopies(axes, 1);
    return new StepConvolution(ones, Padding.SAME, ones);
  }

  private boolean same() {
    return padding == Padding.SAME;
  }

  /** The size of the kernel along an axis, its holes included. */
  private long reach(long size, int axis) {
    return (size - 1) * dilation.get(axis) + 1;
  }

  /** How many places the kernel takes along an axis; below 1 if it does not fit. */
  long places(long input, long size, int axis) {
    long step = strides.get(axis);
    return same() ? (input + step - 1) / step : (input - reach(size, axis) + step) / step;
  }

  /**
   * Adds the operations.
   *
   * @param x (batch, sizes..., channels), of known sizes
   * @param kernel (sizes..., channels, filters)
   */
  Operand<TFloat32> of(Ops tf, Operand<TFloat32> x, Operand<TFloat32> kernel) {
    Operand<TFloat32> whole = kernel;
    for (int axis = 0; axis < strides.size(); axis++) {
      whole = spread(tf, whole, axis, dilation.get(axis));
    }
    return switch (strides.size()) {
      case 1 -> row(tf, x, whole);
      case 2 -> image(tf, x, whole, strides);
      default -> volume(tf, x, whole);
    };
  }

  private Operand<TFloat32> image(
      Ops tf, Operand<TFloat32> x, Operand<TFloat32> kernel, List<Integer> steps) {
    List<Long> all = List.of(1L, (long) steps.get(0), (long) steps.get(1), 1L);
    return tf.nn.conv2d(x, kernel, all, padding.name());
  }

  private Operand<TFloat32> row(Ops tf, Operand<TFloat32> x, Operand<TFloat32> kernel) {
    Operand<TFloat32> high = tf.expandDims(x, tf.constant(1));
    Operand<TFloat32> flat = tf.expandDims(kernel, tf.constant(0));
    return tf.squeeze(image(tf, high, flat, List.of(1, strides.get(0))), Squeeze.axis(List.of(1L)));
  }

  /** The sum of convolutions of images, one for each layer of the kernel. */
  private Operand<TFloat32> volume(Ops tf, Operand<TFloat32> x, Operand<TFloat32> kernel) {
    long layers = kernel.shape().get(0);
    long depth = x.shape().get(1);
    int step = strides.get(0);
    long places = same() ? (depth + step - 1) / step : (depth - layers) / step + 1;
    int border = same() ? Math.toIntExact(Math.max((places - 1) * step + layers - depth, 0)) : 0;
    int[][] zeros = {{0, 0}, {border / 2, border - border / 2}, {0, 0}, {0, 0}, {0, 0}};
    Operand<TFloat32> padded = border == 0 ? x : tf.pad(x, tf.constant(zeros), tf.constant(0f));
    List<Operand<TFloat32>> parts = new ArrayList<>();
    for (int layer = 0; layer < layers; layer++) {
      Operand<TFloat32> taken = taken(tf, padded, layer, places);
      Operand<TFloat32> flat = layer(tf, kernel, layer);
      parts.add(image(tf, taken, flat, strides.subList(1, 3)));
    }
    Operand<TFloat32> sum = parts.size() == 1 ? parts.get(0) : tf.math.addN(parts);
    Shape image = sum.shape();
    return tf.reshape(
        sum, tf.constant(new long[] {-1, places, image.get(1), image.get(2), image.get(3)}));
  }

  /** One layer of the kernel of a volume. */
  private static Operand<TFloat32> layer(Ops tf, Operand<TFloat32> kernel, int layer) {
    Operand<TFloat32> one =
        tf.slice(
            kernel,
            tf.constant(new int[] {layer, 0, 0, 0, 0}),
            tf.constant(new int[] {1, -1, -1, -1, -1}));
    return tf.reshape(one, tf.constant(kernel.shape().tail().asArray()));
  }

  /** The images that one layer of the kernel meets: (batch · places, height, width, channels). */
  private Operand<TFloat32> taken(Ops tf, Operand<TFloat32> x, int first, long places) {
    Shape shape = x.shape();
    int[] begin = {0, first, 0, 0, 0};
    int end = first + Math.toIntExact(places - 1) * strides.get(0) + 1;
    int[] steps = {1, strides.get(0), 1, 1, 1};
    int[] ends = {0, end, 0, 0, 0};
    Operand<TFloat32> taken =
        tf.stridedSlice(
            x,
            tf.constant(begin),
            tf.constant(ends),
            tf.constant(steps),
            StridedSlice.beginMask(OTHERS),
            StridedSlice.endMask(OTHERS));
    return tf.reshape(
        taken, tf.constant(new long[] {-1, shape.get(2), shape.get(3), shape.get(4)}));
  }

  /** The kernel with zeros between its elements along an axis. */
  private static Operand<TFloat32> spread(Ops tf, Operand<TFloat32> kernel, int axis, int rate) {
    if (rate == 1) {
      return kernel;
    }
    long[] sizes = kernel.shape().asArray();
    long[] apart = inserted(sizes, axis + 1, 1);
    int[][] zeros = new int[apart.length][2];
    zeros[axis + 1][1] = rate - 1;
    Operand<TFloat32> padded =
        tf.pad(tf.reshape(kernel, tf.constant(apart)), tf.constant(zeros), tf.constant(0f));
    long[] together = sizes.clone();
    together[axis] *= rate;
    int[] kept = Arrays.stream(sizes).mapToInt(Math::toIntExact).toArray();
    kept[axis] = (kept[axis] - 1) * rate + 1;
    return tf.slice(
        tf.reshape(padded, tf.constant(together)),
        tf.constant(new int[sizes.length]),
        tf.constant(kept));
  }

  private static long[] inserted(long[] sizes, int at, long size) {
    long[] more = Arrays.copyOf(sizes, sizes.length + 1);
    System.arraycopy(sizes, at, more, at + 1, sizes.length - at);
    more[at] = size;
    return more;
  }
}
