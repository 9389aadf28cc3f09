package kerava.layers;

import java.util.List;
import kerava.Inputs;
import kerava.Layer;
import kerava.TypedUnaryLayer;
import kerava.WeightSpec;
import kerava.config.Config;
import kerava.config.Schema;
import kerava.graph.Scope;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.family.TFloating;

/**
 * A convolution of each channel by itself: (batch, height, width, channels) → (batch, height',
 * width', channels · depth multiplier).
 *
 * <p>Its weights are {@code kernel} (kernel height, kernel width, channels, depth multiplier) and
 * {@code bias}.
 *
 * <p>By default each channel has one output, the window steps by 1, with padding {@code VALID} and
 * without holes; there is no activation, and a bias. The kernel begins Glorot uniform, the bias
 * with zeros; neither has a penalty or bounds.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/convolution_layers/depthwise_convolution2d/">Keras:
 *     DepthwiseConv2D</a>
 */
public record DepthwiseConv2D(Config config)
    implements TypedUnaryLayer,
        Conv2DArguments<DepthwiseConv2D>,
        DepthwiseArguments<DepthwiseConv2D>,
        BiasArguments<DepthwiseConv2D>,
        ActivationArguments<DepthwiseConv2D> {
  /** How the layer is written and read. */
  public static final Schema<DepthwiseConv2D> SCHEMA =
      Layer.schema("DepthwiseConv2D", DepthwiseConv2D::new, DEPTH_MULTIPLIER, KERNEL_SIZE)
          .with(STRIDES, PADDING, DataFormat.KEY, DILATION_RATE)
          .with(ACTIVATION, USE_BIAS)
          .with(DEPTHWISE.initializer(), BIAS.initializer())
          .with(DEPTHWISE.regularizer(), BIAS.regularizer(), ACTIVITY_REGULARIZER)
          .with(DEPTHWISE.constraint(), BIAS.constraint());

  /**
   * A convolution with a square kernel, stride 1, padding {@code VALID}, a bias, no activation.
   *
   * @param kernelSize the side of the kernel
   * @throws IllegalArgumentException if it is below 1
   */
  public static DepthwiseConv2D of(int kernelSize) {
    return of(Size2D.of(kernelSize));
  }

  /** A convolution with a kernel of any size; otherwise as {@link #of(int)}. */
  public static DepthwiseConv2D of(Size2D kernelSize) {
    return new DepthwiseConv2D(SCHEMA.config().with(KERNEL_SIZE, kernelSize));
  }

  @Override
  public Shape outputShape(Inputs inputs) {
    return Convolution.window(config).outputShape(inputs, channels(inputs));
  }

  private long channels(Inputs inputs) {
    return inputs.image().get(3) * config.get(DEPTH_MULTIPLIER);
  }

  @Override
  public List<WeightSpec> weights(Inputs inputs) {
    Shape shape = Convolution.depthwiseShape(config, inputs.image().get(3));
    return BiasAndActivation.weights(
        config, channels(inputs), DEPTHWISE.weight(config, "kernel", shape));
  }

  @Override
  public <T extends TFloating> Operand<T> compute(Scope scope, Operand<T> x) {
    Operand<T> kernel = scope.weight("kernel", x.type());
    return BiasAndActivation.of(
        scope, config, Convolution.depthwise(scope.tf(), config, x, kernel));
  }

  @Override
  public Schema<DepthwiseConv2D> schema() {
    return SCHEMA;
  }
}
