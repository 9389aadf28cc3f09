package kerava.layers;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import kerava.config.Codec;
import kerava.config.Key;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.StridedSlice;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/** Convolutions of images and volumes, and of sequences as {@link OneRow images of one row}. */
final class Convolution {
  static final Key<Integer> FILTERS = Key.required("filters", Codec.positive());

  private Convolution() {}

  /** The shape of a kernel: (size, inputs, outputs). */
  static Shape kernelShape(Size size, long inputs, long outputs) {
    return Shape.of(
        LongStream.concat(Sizes.numbers(size).asLongStream(), LongStream.of(inputs, outputs))
            .toArray());
  }

  /**
   * A convolution of all channels of a group together.
   *
   * @param x an image or a volume
   * @param kernel of the window's size, without its holes
   */
  static <T extends TFloating> Operand<T> of(
      Ops tf, Operand<T> x, Operand<T> kernel, Window window, int groups) {
    if (window.isDilated()) {
      Window whole = window.padding(Padding.VALID);
      return Dilation.around(tf, x, window, part -> grouped(tf, part, kernel, whole, groups));
    }
    return window.padding() == Padding.CAUSAL
        ? grouped(tf, window.padded(tf, x), kernel, window.padding(Padding.VALID), groups)
        : grouped(tf, x, kernel, window, groups);
  }

  private static <T extends TFloating> Operand<T> grouped(
      Ops tf, Operand<T> x, Operand<T> kernel, Window window, int groups) {
    if (groups == 1) {
      return single(tf, x, kernel, window);
    }
    // TensorFlow's own groups have no gradient on the CPU.
    int last = window.size().axes() + 1;
    List<Output<T>> inputs = tf.split(tf.constant(last), x, (long) groups).output();
    List<Output<T>> kernels = tf.split(tf.constant(last), kernel, (long) groups).output();
    List<Operand<T>> outputs = new ArrayList<>();
    for (int i = 0; i < groups; i++) {
      outputs.add(single(tf, inputs.get(i), kernels.get(i), window));
    }
    return tf.concat(outputs, tf.constant(last));
  }

  private static <T extends TFloating> Operand<T> single(
      Ops tf, Operand<T> x, Operand<T> kernel, Window window) {
    List<Long> steps = Sizes.steps(window.strides());
    String padding = window.padding().name();
    return window.size().axes() == 2
        ? tf.nn.conv2d(x, kernel, steps, padding)
        : tf.nn.conv3d(x, kernel, steps, padding);
  }

  /**
   * A convolution of each channel of an image by itself.
   *
   * @param kernel of the window's size, without its holes
   */
  static <T extends TFloating> Operand<T> depthwise(
      Ops tf, Operand<T> x, Operand<T> kernel, Window window) {
    Size steps = window.strides();
    int step = steps.along(1);
    // In one row, steps down mean nothing.
    boolean equal = step == steps.along(0) || (x.shape().get(1) == 1 && window.reach(0) == 1);
    if (equal && !window.isDilated()) {
      return tf.nn.depthwiseConv2dNative(
          x, kernel, Sizes.steps(Size2D.of(step)), window.padding().name());
    }
    // TensorFlow has no kernel for steps that differ, and none for steps beside holes: each place,
    // and of these some.
    Window whole = window.padding(Padding.VALID).strides(Size2D.of(1));
    Operand<T> padded = window.padded(tf, x);
    Operand<T> all =
        window.isDilated()
            ? Dilation.around(tf, padded, whole, part -> everywhere(tf, part, kernel))
            : everywhere(tf, padded, kernel);
    return some(tf, all, steps);
  }

  private static <T extends TFloating> Operand<T> everywhere(
      Ops tf, Operand<T> x, Operand<T> kernel) {
    return tf.nn.depthwiseConv2dNative(x, kernel, Sizes.steps(Size2D.of(1)), Padding.VALID.name());
  }

  private static <T extends TFloating> Operand<T> some(Ops tf, Operand<T> x, Size steps) {
    if (Sizes.isOne(steps)) {
      return x;
    }
    int[] nowhere = new int[steps.axes() + 2];
    return tf.stridedSlice(
        x,
        tf.constant(nowhere),
        tf.constant(nowhere),
        tf.constant(Sizes.steps(steps).stream().mapToInt(Long::intValue).toArray()),
        StridedSlice.beginMask((1L << nowhere.length) - 1),
        StridedSlice.endMask((1L << nowhere.length) - 1));
  }

  /**
   * The gradient of a convolution, used forward.
   *
   * @param kernel of the window's size, without its holes: (size, outputs, inputs)
   * @param sizes the shape of what comes out, as a vector
   */
  static <T extends TFloating> Operand<T> transposed(
      Ops tf, Operand<T> x, Operand<T> kernel, Window window, Operand<TInt32> sizes) {
    Operand<T> whole = Dilation.kernel(tf, kernel, window);
    List<Long> steps = Sizes.steps(window.strides());
    String padding = window.padding().name();
    return window.size().axes() == 2
        ? tf.nn.conv2dBackpropInput(sizes, whole, x, steps, padding)
        : tf.nn.conv3dBackpropInput(sizes, whole, x, steps, padding);
  }
}
