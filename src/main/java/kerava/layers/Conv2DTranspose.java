package kerava.layers;

import java.util.ArrayList;
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
import kerava.constraints.Constraint;
import kerava.graph.Scope;
import kerava.initializers.Initializer;
import kerava.regularizers.Regularizer;
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
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/convolution_layers/convolution2d_transpose/">Keras:
 *     Conv2DTranspose</a>
 */
public record Conv2DTranspose(Config config) implements TypedUnaryLayer {
  private static final Key<Optional<Size2D>> OUTPUT_PADDING =
      Key.optional("output_padding", Size2D.AT_LEAST_ZERO);

  /** How the layer is written and read. */
  public static final Schema<Conv2DTranspose> SCHEMA =
      Layer.schema(
              "Conv2DTranspose",
              Conv2DTranspose::new,
              Convolution.FILTERS,
              Convolution.KERNEL_SIZE,
              Convolution.STRIDES,
              Convolution.PADDING,
              OUTPUT_PADDING,
              Keys.DATA_FORMAT,
              Convolution.DILATION_RATE,
              Keys.ACTIVATION,
              Keys.USE_BIAS,
              Keys.KERNEL_INITIALIZER,
              Keys.BIAS_INITIALIZER,
              Keys.KERNEL_REGULARIZER,
              Keys.BIAS_REGULARIZER,
              Keys.ACTIVITY_REGULARIZER,
              Keys.KERNEL_CONSTRAINT,
              Keys.BIAS_CONSTRAINT)
          .alias("Convolution2DTranspose");

  /** Checks that the arguments go together. */
  public Conv2DTranspose {
    Convolution.requireStridesOrDilation("Conv2DTranspose", config);
    Size2D strides = config.get(Convolution.STRIDES);
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
        SCHEMA
            .config()
            .with(Convolution.FILTERS, filters)
            .with(Convolution.KERNEL_SIZE, kernelSize));
  }

  private <T> Conv2DTranspose with(Key<T> key, T value) {
    return new Conv2DTranspose(config.with(key, value));
  }

  /** The same layer with a step of the window; (1, 1) by default. */
  public Conv2DTranspose strides(Size2D strides) {
    return with(Convolution.STRIDES, strides);
  }

  /** The same layer with a step of the window; 1 by default. */
  public Conv2DTranspose strides(int strides) {
    return strides(Size2D.of(strides));
  }

  /** The same layer with another padding; {@code VALID} by default. */
  public Conv2DTranspose padding(Padding padding) {
    return with(Convolution.PADDING, padding);
  }

  /** The same layer with holes in its kernel; (1, 1), no holes, by default. */
  public Conv2DTranspose dilationRate(Size2D rate) {
    return with(Convolution.DILATION_RATE, rate);
  }

  /** The same layer with an activation; none by default. */
  public Conv2DTranspose activation(ActivationFunction activation) {
    return with(Keys.ACTIVATION, activation);
  }

  /** The same layer with or without a bias; with one by default. */
  public Conv2DTranspose useBias(boolean useBias) {
    return with(Keys.USE_BIAS, useBias);
  }

  /** The same layer with a larger output; by default it follows from the strides. */
  public Conv2DTranspose outputPadding(Size2D extra) {
    return with(OUTPUT_PADDING, Optional.of(extra));
  }

  /** The same layer with other first values of the kernel; Glorot uniform by default. */
  public Conv2DTranspose kernelInitializer(Initializer initializer) {
    return with(Keys.KERNEL_INITIALIZER, initializer);
  }

  /** The same layer with a penalty on its kernel; none by default. */
  public Conv2DTranspose kernelRegularizer(Regularizer regularizer) {
    return with(Keys.KERNEL_REGULARIZER, Optional.of(regularizer));
  }

  /** The same layer with bounds for its kernel; none by default. */
  public Conv2DTranspose kernelConstraint(Constraint constraint) {
    return with(Keys.KERNEL_CONSTRAINT, Optional.of(constraint));
  }

  /** The same layer with other first values of the bias; zeros by default. */
  public Conv2DTranspose biasInitializer(Initializer initializer) {
    return with(Keys.BIAS_INITIALIZER, initializer);
  }

  /** The same layer with a penalty on its bias; none by default. */
  public Conv2DTranspose biasRegularizer(Regularizer regularizer) {
    return with(Keys.BIAS_REGULARIZER, Optional.of(regularizer));
  }

  /** The same layer with bounds for its bias; none by default. */
  public Conv2DTranspose biasConstraint(Constraint constraint) {
    return with(Keys.BIAS_CONSTRAINT, Optional.of(constraint));
  }

  /** The same layer with a penalty on its output; none by default. */
  public Conv2DTranspose activityRegularizer(Regularizer regularizer) {
    return with(Keys.ACTIVITY_REGULARIZER, Optional.of(regularizer));
  }

  @Override
  public Shape outputShape(Inputs inputs) {
    return outputShape(inputs.image());
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
    Size2D size = config.get(Convolution.KERNEL_SIZE);
    int filters = config.get(Convolution.FILTERS);
    List<WeightSpec> weights = new ArrayList<>();
    long channels = inputs.image().get(3);
    weights.add(Keys.kernel(config, Shape.of(size.height(), size.width(), filters, channels)));
    Keys.bias(config, filters).ifPresent(weights::add);
    return List.copyOf(weights);
  }

  @Override
  public <T extends TFloating> Operand<T> compute(Scope scope, Operand<T> x) {
    Ops tf = scope.tf();
    Operand<T> kernel =
        DilatedKernel.in(
            tf, scope.weight("kernel", x.type()), config.get(Convolution.DILATION_RATE));
    Operand<T> y =
        tf.nn.conv2dBackpropInput(
            sizes(tf, x),
            kernel,
            x,
            Convolution.steps(config.get(Convolution.STRIDES)),
            config.get(Convolution.PADDING).name());
    return Keys.biasAndActivation(scope, config, y);
  }

  @Override
  public Schema<Conv2DTranspose> schema() {
    return SCHEMA;
  }
}
