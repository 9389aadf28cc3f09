package kerava.layers.operations;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Convolutions and poolings of one, two and three axes between batch and channels. */
final class Convolutions {
  static final List<Definition> ALL =
      List.of(
          Definition.of(
              "nn.Conv(strides, padding, data_format, dilation_rate)(inputs, kernel)",
              Convolutions::conv),
          Definition.of(
              "nn.DepthwiseConv(strides, padding, data_format, dilation_rate)(inputs, kernel)",
              a -> flat(a, 1, x -> depthwise(a, x, kernel(a, "kernel")))),
          Definition.of(
              "nn.SeparableConv(strides, padding, data_format, dilation_rate)"
                  + "(inputs, depthwise_kernel, pointwise_kernel)",
              Convolutions::separable),
          Definition.of(
              "nn.MaxPool(pool_size, strides, padding, data_format)(inputs)", a -> pool(a, true)),
          Definition.of(
              "nn.AveragePool(pool_size, strides, padding, data_format)(inputs)",
              a -> pool(a, false)));

  private Convolutions() {}

  /** The input with channels last; of one axis between as an image of one row. */
  private static Operand<TFloat32> flat(
      Arguments a, int least, UnaryOperator<Operand<TFloat32>> body) {
    Ops tf = a.tf();
    Operand<TFloat32> given = a.operand("inputs");
    int rank = given.shape().numDimensions();
    boolean first = a.text("data_format", "channels_last").equals("channels_first");
    int[] there =
        IntStream.range(0, rank).map(i -> i == 0 ? 0 : i == rank - 1 ? 1 : i + 1).toArray();
    int[] back =
        IntStream.range(0, rank).map(i -> i == 0 ? 0 : i == 1 ? rank - 1 : i - 1).toArray();
    Operand<TFloat32> x = first ? tf.linalg.transpose(given, a.constant(there)) : given;
    if (rank < least + 2 || rank > 5) {
      throw a.json().refuse("inputs", "a batch of sequences, images or volumes");
    }
    boolean line = rank == 3;
    Operand<TFloat32> y = body.apply(line ? tf.expandDims(x, tf.constant(1)) : x);
    Operand<TFloat32> z =
        line ? tf.squeeze(y, org.tensorflow.op.core.Squeeze.axis(List.of(1L))) : y;
    return first ? tf.linalg.transpose(z, a.constant(back)) : z;
  }

  /** A kernel; of one axis as that of an image of one row. */
  private static Operand<TFloat32> kernel(Arguments a, String name) {
    Operand<TFloat32> kernel = a.operand(name);
    return kernel.shape().numDimensions() == 3
        ? a.tf().expandDims(kernel, a.tf().constant(0))
        : kernel;
  }

  /** Numbers an axis, with those that TensorFlow wants for batch and channels. */
  private static List<Long> each(Arguments a, String name, int axes) {
    int[] given = a.has(name) ? a.ints(name) : new int[] {1};
    List<Long> all = new ArrayList<>(List.of(1L));
    boolean line = given.length < axes && given.length == 1 && isLine(a);
    for (int i = 0; i < axes; i++) {
      boolean added = line && i == 0;
      all.add(added ? 1L : (long) given[given.length == 1 ? 0 : i]);
    }
    all.add(1L);
    return Collections.unmodifiableList(all);
  }

  private static boolean isLine(Arguments a) {
    return a.has("inputs") && a.operand("inputs").shape().numDimensions() == 3;
  }

  /**
   * A kernel with zeros between its elements: convolutions take a dilation rate themselves, but
   * TensorFlow Java's gradients of them pass it over.
   */
  static Operand<TFloat32> apart(Arguments a, Operand<TFloat32> kernel, int axes) {
    Ops tf = a.tf();
    List<Long> rates = each(a, "dilation_rate", axes);
    Operand<TFloat32> spread = kernel;
    for (int axis = 0; axis < axes; axis++) {
      int rate = Math.toIntExact(rates.get(axis + 1));
      int[] sizes = Arrays.stream(spread.shape().asArray()).mapToInt(Math::toIntExact).toArray();
      if (rate == 1 || sizes[axis] == 1) {
        continue;
      }
      int[][] zeros = new int[sizes.length + 1][2];
      zeros[axis + 1][1] = rate - 1;
      Operand<TFloat32> split = tf.expandDims(spread, tf.constant(axis + 1));
      int[] together = sizes.clone();
      together[axis] = sizes[axis] * rate;
      Operand<TFloat32> joined =
          tf.reshape(tf.pad(split, tf.constant(zeros), a.scalar(0)), a.constant(together));
      spread = Slices.part(tf, joined, axis, 0, (sizes[axis] - 1) * rate + 1);
    }
    return spread;
  }

  private static String padding(Arguments a) {
    return a.text("padding", "valid").toUpperCase(Locale.ROOT);
  }

  private static Operand<TFloat32> conv(Arguments a) {
    return flat(a, 1, x -> conv(a, x, kernel(a, "kernel")));
  }

  private static Operand<TFloat32> conv(
      Arguments a, Operand<TFloat32> x, Operand<TFloat32> kernel) {
    int axes = x.shape().numDimensions() - 2;
    if (kernel.shape().get(axes) != x.shape().get(axes + 1)) {
      throw a.json().refuse("kernel", "one for all channels of the input");
    }
    List<Long> strides = each(a, "strides", axes);
    Operand<TFloat32> apart = apart(a, kernel, axes);
    return axes == 3
        ? a.tf().nn.conv3d(x, apart, strides, padding(a))
        : a.tf().nn.conv2d(x, apart, strides, padding(a));
  }

  private static Operand<TFloat32> depthwise(
      Arguments a, Operand<TFloat32> x, Operand<TFloat32> kernel) {
    if (x.shape().numDimensions() != 4) {
      throw a.json().refuse("inputs", "a batch of sequences or images");
    }
    List<Long> strides = each(a, "strides", 2);
    // TensorFlow wants equal strides along both axes, also where there is but one row.
    List<Long> same = isLine(a) ? List.of(1L, strides.get(2), strides.get(2), 1L) : strides;
    return a.tf().nn.depthwiseConv2dNative(x, apart(a, kernel, 2), same, padding(a));
  }

  private static Operand<TFloat32> separable(Arguments a) {
    return flat(
        a,
        1,
        x ->
            a.tf()
                .nn
                .conv2d(
                    depthwise(a, x, kernel(a, "depthwise_kernel")),
                    kernel(a, "pointwise_kernel"),
                    List.of(1L, 1L, 1L, 1L),
                    "VALID"));
  }

  private static Operand<TFloat32> pool(Arguments a, boolean greatest) {
    return flat(
        a,
        1,
        x -> {
          int axes = x.shape().numDimensions() - 2;
          List<Long> size = each(a, "pool_size", axes);
          List<Long> strides = a.has("strides") ? each(a, "strides", axes) : size;
          Ops tf = a.tf();
          if (axes == 3) {
            return greatest
                ? tf.nn.maxPool3d(x, size, strides, padding(a))
                : tf.nn.avgPool3d(x, size, strides, padding(a));
          }
          return greatest
              ? tf.nn.maxPool(x, longs(tf, size), longs(tf, strides), padding(a))
              : tf.nn.avgPool(x, size, strides, padding(a));
        });
  }

  private static Operand<org.tensorflow.types.TInt32> longs(Ops tf, List<Long> numbers) {
    return tf.constant(numbers.stream().mapToInt(Long::intValue).toArray());
  }
}
