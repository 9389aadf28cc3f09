package kerava.layers;

import java.util.List;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.StridedSlice;
import org.tensorflow.types.family.TFloating;

/** The arguments that convolutions have in common, and what follows from them. */
final class Convolution {
  static final Key<Integer> FILTERS = Key.required("filters", Codec.positive());

  private Convolution() {}

  /** The kernel as a window, with its holes. */
  static Window window(Config config) {
    return new Window(
        config.get(Conv2DArguments.KERNEL_SIZE).dilated(config.get(Conv2DArguments.DILATION_RATE)),
        config.get(Conv2DArguments.STRIDES),
        config.get(Conv2DArguments.PADDING));
  }

  /** Refuses arguments that TensorFlow has no kernel for. */
  static void requireStridesOrDilation(String className, Config config) {
    Size2D strides = config.get(Conv2DArguments.STRIDES);
    Size2D dilation = config.get(Conv2DArguments.DILATION_RATE);
    if (!strides.equals(Size2D.of(1)) && !dilation.equals(Size2D.of(1))) {
      throw new IllegalArgumentException(
          className
              + " strides: expected (1, 1) beside a dilation_rate of "
              + dilation
              + ", got "
              + strides
              + ".");
    }
  }

  /** A step as TensorFlow's convolutions take it. */
  static List<Long> steps(Size2D strides) {
    return List.of(1L, (long) strides.height(), (long) strides.width(), 1L);
  }

  /** The convolution of each channel by itself, without bias and activation. */
  static <T extends TFloating> Operand<T> depthwise(
      Ops tf, Config config, Operand<T> x, Operand<T> weight) {
    Size2D strides = config.get(Conv2DArguments.STRIDES);
    Operand<T> kernel = DilatedKernel.in(tf, weight, config.get(Conv2DArguments.DILATION_RATE));
    if (strides.height() == strides.width()) {
      return tf.nn.depthwiseConv2dNative(
          x, kernel, steps(strides), config.get(Conv2DArguments.PADDING).name());
    }
    // TensorFlow has no kernel for steps that differ: each place, and of these some.
    Operand<T> all =
        tf.nn.depthwiseConv2dNative(
            window(config).padded(tf, x), kernel, steps(Size2D.of(1)), Padding.VALID.name());
    return tf.stridedSlice(
        all,
        tf.constant(new int[] {0, 0, 0, 0}),
        tf.constant(new int[] {0, 0, 0, 0}),
        tf.constant(new int[] {1, strides.height(), strides.width(), 1}),
        StridedSlice.beginMask(15L),
        StridedSlice.endMask(15L));
  }

  /** The shape of a kernel for each channel by itself. */
  static Shape depthwiseShape(Config config, long channels) {
    Size2D size = config.get(Conv2DArguments.KERNEL_SIZE);
    return Shape.of(
        size.height(), size.width(), channels, config.get(DepthwiseArguments.DEPTH_MULTIPLIER));
  }
}
