package kerava.layers;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import kerava.Inputs;
import kerava.config.Config;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Max;
import org.tensorflow.op.math.Mean;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/** Poolings of images and volumes, and of sequences as {@link OneRow images of one row}. */
final class Pooling {
  private Pooling() {}

  /** The largest number in each window. */
  static <T extends TFloating> Operand<T> max(
      Ops tf, Operand<T> x, Window window, boolean training) {
    Window inRows = window.inRows();
    return OneRow.around(tf, x, image -> maxAfterRelu(tf, image, inRows, training));
  }

  // The greatest of numbers that ReLU has passed is what ReLU passes of the greatest, also for
  // gradients: where no number in the window is above 0, both orders give none. ReLU after the
  // pooling has fewer numbers to go through. In inference, kernels that convolve do it on the way.
  private static <T extends TFloating> Operand<T> maxAfterRelu(
      Ops tf, Operand<T> x, Window window, boolean training) {
    return training && x.op() instanceof GraphOperation relu && relu.type().equals("Relu")
        ? tf.nn.relu(max(tf, relu.input(0).expect(x.type()), window))
        : max(tf, x, window);
  }

  // MaxPool itself and not MaxPoolV2, which is all that Ops.nn.maxPool of TensorFlow Java 1.1.0
  // makes: only the former has oneDNN kernels, which are several times faster on CPUs.
  private static <T extends TFloating> Operand<T> max(Ops tf, Operand<T> x, Window window) {
    String type = window.size().axes() == 2 ? "MaxPool" : "MaxPool3D";
    return tf.scope()
        .opBuilder(type, type)
        .addInput(x.asOutput())
        .setAttr("ksize", steps(window.size()))
        .setAttr("strides", steps(window.strides()))
        .setAttr("padding", window.padding().name())
        .build()
        .output(0);
  }

  private static long[] steps(Size size) {
    return Sizes.steps(size).stream().mapToLong(Long::longValue).toArray();
  }

  /** The mean of each window, of what lies inside the input. */
  static Operand<TFloat32> average(Ops tf, Operand<TFloat32> x, Window window) {
    Window inRows = window.inRows();
    return OneRow.around(tf, x, image -> averageOfImage(tf, image, inRows));
  }

  private static Operand<TFloat32> averageOfImage(Ops tf, Operand<TFloat32> x, Window window) {
    List<Long> size = Sizes.steps(window.size());
    List<Long> steps = Sizes.steps(window.strides());
    String padding = window.padding().name();
    return window.size().axes() == 2
        ? tf.nn.avgPool(x, size, steps, padding)
        : tf.nn.avgPool3d(x, size, steps, padding);
  }

  /**
   * What is left when each channel becomes one number.
   *
   * @param axes how many axes there are between the batch and the channels
   */
  static Shape globalShape(Config config, Inputs inputs, int axes) {
    Shape x = inputs.spatial(axes);
    long kept = config.get(GlobalPoolingArguments.KEEPDIMS) ? axes : 0;
    return Shape.of(
        LongStream.concat(
                LongStream.concat(
                    LongStream.of(x.get(0)), LongStream.generate(() -> 1).limit(kept)),
                LongStream.of(x.get(axes + 1)))
            .toArray());
  }

  /** The mean of each channel. */
  static Operand<TFloat32> mean(Config config, Ops tf, Operand<TFloat32> x) {
    boolean keepdims = config.get(GlobalPoolingArguments.KEEPDIMS);
    return tf.math.mean(x, between(tf, x), Mean.keepDims(keepdims));
  }

  /** The largest number of each channel. */
  static Operand<TFloat32> largest(Config config, Ops tf, Operand<TFloat32> x) {
    boolean keepdims = config.get(GlobalPoolingArguments.KEEPDIMS);
    return tf.max(x, between(tf, x), Max.keepDims(keepdims));
  }

  /** The axes between the batch and the channels. */
  private static Operand<TInt32> between(Ops tf, Operand<TFloat32> x) {
    return tf.constant(IntStream.range(1, x.shape().numDimensions() - 1).toArray());
  }
}
