package kerava.layers;

import java.util.List;
import java.util.Optional;
import kerava.Inputs;
import kerava.Layer;
import kerava.TypedUnaryLayer;
import kerava.WeightSpec;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import kerava.constraints.Constraint;
import kerava.graph.Scope;
import kerava.initializers.GlorotUniform;
import kerava.initializers.Initializer;
import kerava.regularizers.Regularizer;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.family.TFloating;

/**
 * A convolution of each channel by itself, then one of each pixel by itself: (batch, height, width,
 * channels) → (batch, height', width', filters).
 *
 * <p>Its weights are {@code depthwise_kernel} (kernel height, kernel width, channels, depth
 * multiplier), {@code pointwise_kernel} (1, 1, channels · depth multiplier, filters) and {@code
 * bias} (filters).
 *
 * <p>By default each channel has one output in between, the window steps by 1, with padding {@code
 * VALID} and without holes; there is no activation, and a bias. The kernels begin Glorot uniform,
 * the bias with zeros; none has a penalty or bounds.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/convolution_layers/separable_convolution2d/">Keras:
 *     SeparableConv2D</a>
 */
public record SeparableConv2D(Config config)
    implements TypedUnaryLayer,
        Conv2DArguments<SeparableConv2D>,
        DepthwiseArguments<SeparableConv2D>,
        BiasArguments<SeparableConv2D>,
        ActivationArguments<SeparableConv2D> {
  private static final WeightArguments POINTWISE =
      WeightArguments.of("pointwise", GlorotUniform.of());

  /** How the layer is written and read. */
  public static final Schema<SeparableConv2D> SCHEMA =
      Layer.schema("SeparableConv2D", SeparableConv2D::new, DEPTH_MULTIPLIER)
          .with(Convolution.FILTERS, KERNEL_SIZE)
          .with(STRIDES, PADDING, DataFormat.KEY, DILATION_RATE)
          .with(ACTIVATION, USE_BIAS)
          .with(DEPTHWISE.initializer(), POINTWISE.initializer(), BIAS.initializer())
          .with(DEPTHWISE.regularizer(), POINTWISE.regularizer(), BIAS.regularizer())
          .with(ACTIVITY_REGULARIZER)
          .with(DEPTHWISE.constraint(), POINTWISE.constraint(), BIAS.constraint())
          .alias("SeparableConvolution2D");

  /**
   * A convolution with a square kernel, stride 1, padding {@code VALID}, a bias, no activation.
   *
   * @param filters how many channels the output has
   * @param kernelSize the side of the kernel
   * @throws IllegalArgumentException if one of them is below 1
   */
  public static SeparableConv2D of(int filters, int kernelSize) {
    return of(filters, Size2D.of(kernelSize));
  }

  /** A convolution with a kernel of any size; otherwise as {@link #of(int, int)}. */
  public static SeparableConv2D of(int filters, Size2D kernelSize) {
    return new SeparableConv2D(
        SCHEMA.config().with(Convolution.FILTERS, filters).with(KERNEL_SIZE, kernelSize));
  }

  private <T> SeparableConv2D with(Key<T> key, T value) {
    return new SeparableConv2D(config.with(key, value));
  }

  /** The same layer with other first values of the pointwise kernel; Glorot uniform by default. */
  public SeparableConv2D pointwiseInitializer(Initializer initializer) {
    return with(POINTWISE.initializer(), initializer);
  }

  /** The same layer with a penalty on its pointwise kernel; none by default. */
  public SeparableConv2D pointwiseRegularizer(Regularizer regularizer) {
    return with(POINTWISE.regularizer(), Optional.of(regularizer));
  }

  /** The same layer with bounds for its pointwise kernel; none by default. */
  public SeparableConv2D pointwiseConstraint(Constraint constraint) {
    return with(POINTWISE.constraint(), Optional.of(constraint));
  }

  @Override
  public Shape outputShape(Inputs inputs) {
    return config
        .get(ACTIVATION)
        .outputShape(
            inputs,
            Convolution.window(config).outputShape(inputs, config.get(Convolution.FILTERS)));
  }

  @Override
  public List<WeightSpec> weights(Inputs inputs) {
    int filters = config.get(Convolution.FILTERS);
    Shape depthwise = Convolution.depthwiseShape(config, inputs.image().get(3));
    Shape pointwise = Shape.of(1, 1, depthwise.get(2) * depthwise.get(3), filters);
    return BiasAndActivation.weights(
        config,
        filters,
        DEPTHWISE.weight(config, "depthwise_kernel", depthwise),
        POINTWISE.weight(config, "pointwise_kernel", pointwise));
  }

  @Override
  public <T extends TFloating> Operand<T> compute(Scope scope, Operand<T> x) {
    Operand<T> depthwise =
        Convolution.depthwise(scope.tf(), config, x, scope.weight("depthwise_kernel", x.type()));
    Operand<T> y =
        scope
            .tf()
            .nn
            .conv2d(
                depthwise,
                scope.weight("pointwise_kernel", x.type()),
                Convolution.steps(Size2D.of(1)),
                Padding.VALID.name());
    return BiasAndActivation.of(scope, config, y);
  }

  @Override
  public Schema<SeparableConv2D> schema() {
    return SCHEMA;
  }
}
