package kerava.layers;

import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;
import kerava.Inputs;
import kerava.Layer;
import kerava.TypedUnaryLayer;
import kerava.WeightSpec;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import kerava.graph.Scope;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * The gradient of a convolution, used forward, which makes images larger: (batch, height, width,
 * channels) → (batch, height', width', filters).
 *
 * <p>Its weights are {@code kernel} (kernel height, kernel width, filters, channels) and {@code
 * bias} (filters).
 *
 * <p>By default the window steps by 1, with padding {@code VALID} and without holes; there is no
 * activation, and a bias. The kernel begins Glorot uniform, the bias with zeros; neither has a
 * penalty or bounds.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/convolution_layers/convolution2d_transpose/">Keras:
 *     Conv2DTranspose</a>
 */
public record Conv2DTranspose(Config config)
    implements TypedUnaryLayer,
        Conv2DArguments<Conv2DTranspose>,
        KernelArguments<Conv2DTranspose>,
        BiasArguments<Conv2DTranspose>,
        ActivationArguments<Conv2DTranspose> {
  private static final Key<Optional<Size2D>> OUTPUT_PADDING =
      Key.optional("output_padding", Size2D.AT_LEAST_ZERO);

  /** How the layer is written and read. */
  public static final Schema<Conv2DTranspose> SCHEMA =
      Layer.schema("Conv2DTranspose", Conv2DTranspose::new, Convolution.FILTERS, KERNEL_SIZE)
          .with(STRIDES, PADDING, OUTPUT_PADDING, DataFormat.KEY, DILATION_RATE)
          .with(ACTIVATION, USE_BIAS)
          .with(KERNEL.initializer(), BIAS.initializer())
          .with(KERNEL.regularizer(), BIAS.regularizer(), ACTIVITY_REGULARIZER)
          .with(KERNEL.constraint(), BIAS.constraint())
          .alias("Convolution2DTranspose");

  /** Checks that the arguments go together. */
  public Conv2DTranspose {
    Convolution.requireStridesOrDilation("Conv2DTranspose", config);
    Size2D strides = config.get(STRIDES);
    Size2D extra = config.get(OUTPUT_PADDING).orElse(Size2D.of(0));
    if (extra.height() >= strides.height() || extra.width() >= strides.width()) {
      throw new IllegalArgumentException(
          "Conv2DTranspose output_padding: expected less than the strides "
              + strides
              + ", got "
              + extra
              + ".");
    }
  }

  /**
   * A layer with a square kernel, stride 1, padding {@code VALID}, a bias, no activation.
   *
   * @param filters how many channels the output has
   * @param kernelSize the side of the kernel
   * @throws IllegalArgumentException if one of them is below 1
   */
  public static Conv2DTranspose of(int filters, int kernelSize) {
    return of(filters, Size2D.of(kernelSize));
  }

  /** A layer with a kernel of any size; otherwise as {@link #of(int, int)}. */
  public static Conv2DTranspose of(int filters, Size2D kernelSize) {
    return new Conv2DTranspose(
        SCHEMA.config().with(Convolution.FILTERS, filters).with(KERNEL_SIZE, kernelSize));
  }

  /** The same layer with a larger output; by default it follows from the strides. */
  public Conv2DTranspose outputPadding(Size2D extra) {
    return new Conv2DTranspose(config.with(OUTPUT_PADDING, Optional.of(extra)));
  }

  @Override
  public Shape outputShape(Inputs inputs) {
    return config.get(ACTIVATION).outputShape(inputs, outputShape(inputs.image()));
  }

  private Shape outputShape(Shape x) {
    return Shape.of(
        x.get(0),
        heights().output(x.get(1)),
        widths().output(x.get(2)),
        config.get(Convolution.FILTERS));
  }

  private Side heights() {
    return side(Size2D::height);
  }

  private Side widths() {
    return side(Size2D::width);
  }

  private Side side(ToIntFunction<Size2D> along) {
    Window window = Convolution.window(config);
    int size = along.applyAsInt(window.size());
    int stride = along.applyAsInt(window.strides());
    boolean same = window.padding() == Padding.SAME;
    return config
        .get(OUTPUT_PADDING)
        .map(extra -> size - stride - (same ? 2 * (size / 2) : 0) + along.applyAsInt(extra))
        .map(more -> new Side(stride, more))
        .orElseGet(() -> new Side(stride, same ? 0 : Math.max(size - stride, 0)));
  }

  /** How large the window makes one axis: so many times as large, and more. */
  private record Side(int stride, int more) {
    long output(long input) {
      return input == Shape.UNKNOWN_SIZE ? input : input * stride + more;
    }

    Operand<TInt32> output(Ops tf, Operand<TInt32> input) {
      return tf.math.add(tf.math.mul(input, tf.constant(stride)), tf.constant(more));
    }
  }

  /** The output's shape as a vector, computed where the images' sizes are not known before. */
  private Operand<TInt32> sizes(Ops tf, Operand<? extends TFloating> x) {
    Shape shape = outputShape(x.shape());
    if (shape.get(1) != Shape.UNKNOWN_SIZE && shape.get(2) != Shape.UNKNOWN_SIZE) {
      return DynamicShape.of(tf, shape, x);
    }
    return tf.stack(
        List.of(
            DynamicShape.of(tf, x, 0),
            heights().output(tf, DynamicShape.of(tf, x, 1)),
            widths().output(tf, DynamicShape.of(tf, x, 2)),
            tf.constant(config.get(Convolution.FILTERS))));
  }

  @Override
  public List<WeightSpec> weights(Inputs inputs) {
    Size2D size = config.get(KERNEL_SIZE);
    int filters = config.get(Convolution.FILTERS);
    long channels = inputs.image().get(3);
    return BiasAndActivation.weights(
        config,
        filters,
        KERNEL.weight(config, "kernel", Shape.of(size.height(), size.width(), filters, channels)));
  }

  @Override
  public <T extends TFloating> Operand<T> compute(Scope scope, Operand<T> x) {
    Ops tf = scope.tf();
    Operand<T> kernel =
        DilatedKernel.in(tf, scope.weight("kernel", x.type()), config.get(DILATION_RATE));
    Operand<T> y =
        tf.nn.conv2dBackpropInput(
            sizes(tf, x),
            kernel,
            x,
            Convolution.steps(config.get(STRIDES)),
            config.get(PADDING).name());
    return BiasAndActivation.of(scope, config, y);
  }

  @Override
  public Schema<Conv2DTranspose> schema() {
    return SCHEMA;
  }
}
