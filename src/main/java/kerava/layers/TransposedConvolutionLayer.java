package kerava.layers;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import kerava.Inputs;
import kerava.Layer;
import kerava.TypedUnaryLayer;
import kerava.WeightSpec;
import kerava.config.Config;
import kerava.config.Schema;
import kerava.graph.Scope;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * What gradients of convolutions, used forward, are over any number of axes.
 *
 * @param <L> the class of the layer
 * @param <S> the class of the window's size
 */
interface TransposedConvolutionLayer<L extends Layer, S extends Size>
    extends TypedUnaryLayer,
        ConvolutionArguments<L, S>,
        KernelArguments<L>,
        BiasArguments<L>,
        ActivationArguments<L> {
  /** How such a layer is written and read. */
  static <L extends Layer> Schema<L> schema(
      String className, Function<Config, L> constructor, ConvolutionKeys<?> keys) {
    return Layer.schema(className, constructor, Convolution.FILTERS, keys.kernelSize())
        .with(
            keys.strides(),
            keys.padding(),
            keys.outputPadding(),
            DataFormat.KEY,
            keys.dilationRate())
        .with(ACTIVATION, USE_BIAS)
        .with(KERNEL.initializer(), BIAS.initializer())
        .with(KERNEL.regularizer(), BIAS.regularizer(), ACTIVITY_REGULARIZER)
        .with(KERNEL.constraint(), BIAS.constraint());
  }

  /** Refuses arguments that do not go together. */
  static <S extends Size> void check(String className, Config config, ConvolutionKeys<S> keys) {
    keys.requireStridesOrDilation(className, config);
    config
        .get(keys.outputPadding())
        .ifPresent(extra -> check(className, keys.window(config), extra));
  }

  private static void check(String className, Window window, Size extra) {
    String where = className + " output_padding: expected ";
    for (int axis = 0; axis < extra.axes(); axis++) {
      if (extra.along(axis) >= window.strides().along(axis)) {
        throw new IllegalArgumentException(
            where + "less than the strides " + window.strides() + ", got " + extra + ".");
      }
      // TensorFlow refuses an output that the convolution would not turn into the input again.
      if (window.padding() == Padding.SAME
          && window.reach(axis) % 2 == 0
          && extra.along(axis) == 0) {
        throw new IllegalArgumentException(
            where + "at least 1 beside padding SAME and an even kernel, got " + extra + ".");
      }
    }
  }

  @Override
  Schema<L> schema();

  /** The same layer with a larger output; by default it follows from the strides. */
  default L outputPadding(S extra) {
    return schema().create(config().with(keys().outputPadding(), Optional.of(extra)));
  }

  @Override
  default Shape outputShape(Inputs inputs) {
    return config()
        .get(ACTIVATION)
        .outputShape(inputs, outputShape(inputs.spatial(keys().sizes().axes())));
  }

  private Shape outputShape(Shape x) {
    long[] sizes = x.asArray();
    for (int axis = 0; axis < keys().sizes().axes(); axis++) {
      sizes[axis + 1] = side(axis).output(sizes[axis + 1]);
    }
    sizes[sizes.length - 1] = config().get(Convolution.FILTERS);
    return Shape.of(sizes);
  }

  private Side side(int axis) {
    Window window = keys().window(config());
    int reach = window.reach(axis);
    int stride = window.strides().along(axis);
    boolean same = window.padding() == Padding.SAME;
    return config()
        .get(keys().outputPadding())
        .map(extra -> reach - stride - (same ? 2 * (reach / 2) : 0) + extra.along(axis))
        .map(more -> new Side(stride, more))
        .orElseGet(() -> new Side(stride, same ? 0 : Math.max(reach - stride, 0)));
  }

  /**
   * How large the window makes one axis: so many times as large, and more.
   *
   * @param stride how many times
   * @param more how much more
   */
  record Side(int stride, int more) {
    long output(long input) {
      return input == Shape.UNKNOWN_SIZE ? input : input * stride + more;
    }

    Operand<TInt32> output(Ops tf, Operand<TInt32> input) {
      return tf.math.add(tf.math.mul(input, tf.constant(stride)), tf.constant(more));
    }
  }

  /** The output's shape as a vector, computed where the input's sizes are not known before. */
  private Operand<TInt32> sizes(Ops tf, Operand<? extends TFloating> x) {
    Shape shape = outputShape(x.shape());
    List<Operand<TInt32>> sizes = new ArrayList<>(List.of(DynamicShape.of(tf, x, 0)));
    int axes = keys().sizes().axes();
    for (int axis = 0; axis < axes; axis++) {
      sizes.add(
          shape.get(axis + 1) == Shape.UNKNOWN_SIZE
              ? side(axis).output(tf, DynamicShape.of(tf, x, axis + 1))
              : tf.constant(Math.toIntExact(shape.get(axis + 1))));
    }
    if (axes == 1) {
      sizes.add(1, tf.constant(1));
    }
    sizes.add(tf.constant(config().get(Convolution.FILTERS)));
    return tf.stack(sizes);
  }

  @Override
  default List<WeightSpec> weights(Inputs inputs) {
    int axes = keys().sizes().axes();
    int filters = config().get(Convolution.FILTERS);
    Shape kernel =
        Convolution.kernelShape(
            config().get(keys().kernelSize()), filters, inputs.spatial(axes).get(axes + 1));
    return BiasAndActivation.weights(config(), filters, KERNEL.weight(config(), "kernel", kernel));
  }

  @Override
  default <T extends TFloating> Operand<T> compute(Scope scope, Operand<T> x) {
    Ops tf = scope.tf();
    Window window = keys().window(config()).inRows();
    Operand<T> kernel = OneRow.kernel(tf, scope.weight("kernel", x.type()));
    Operand<TInt32> sizes = sizes(tf, x);
    return OneRow.around(
        tf,
        x,
        image ->
            BiasAndActivation.of(
                scope, config(), Convolution.transposed(tf, image, kernel, window, sizes)));
  }
}
