package kerava.layers;

import java.util.ArrayList;
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
 * A convolution of each channel by itself: (batch, height, width, channels) → (batch, height',
 * width', channels · depth multiplier).
 *
 * <p>Its weights are {@code kernel} (kernel height, kernel width, channels, depth multiplier) and
 * {@code bias}.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/convolution_layers/depthwise_convolution2d/">Keras:
 *     DepthwiseConv2D</a>
 */
public record DepthwiseConv2D(Config config) implements TypedUnaryLayer {
  private static final Key<Initializer> DEPTHWISE_INITIALIZER =
      Keys.initializer("depthwise", GlorotUniform.of());
  private static final Key<Optional<Regularizer>> DEPTHWISE_REGULARIZER =
      Keys.regularizer("depthwise");
  private static final Key<Optional<Constraint>> DEPTHWISE_CONSTRAINT =
      Keys.constraint("depthwise");

  /** How the layer is written and read. */
  public static final Schema<DepthwiseConv2D> SCHEMA =
      Layer.schema(
          "DepthwiseConv2D",
          DepthwiseConv2D::new,
          Convolution.DEPTH_MULTIPLIER,
          Convolution.KERNEL_SIZE,
          Convolution.STRIDES,
          Convolution.PADDING,
          Keys.DATA_FORMAT,
          Convolution.DILATION_RATE,
          Keys.ACTIVATION,
          Keys.USE_BIAS,
          DEPTHWISE_INITIALIZER,
          Keys.BIAS_INITIALIZER,
          DEPTHWISE_REGULARIZER,
          Keys.BIAS_REGULARIZER,
          Keys.ACTIVITY_REGULARIZER,
          DEPTHWISE_CONSTRAINT,
          Keys.BIAS_CONSTRAINT);

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
    return new DepthwiseConv2D(SCHEMA.config().with(Convolution.KERNEL_SIZE, kernelSize));
  }

  private <T> DepthwiseConv2D with(Key<T> key, T value) {
    return new DepthwiseConv2D(config.with(key, value));
  }

  /** The same layer with several outputs for each channel; 1 by default. */
  public DepthwiseConv2D depthMultiplier(int multiplier) {
    return with(Convolution.DEPTH_MULTIPLIER, multiplier);
  }

  /** The same layer with a step of the window; (1, 1) by default. */
  public DepthwiseConv2D strides(Size2D strides) {
    return with(Convolution.STRIDES, strides);
  }

  /** The same layer with a step of the window; 1 by default. */
  public DepthwiseConv2D strides(int strides) {
    return strides(Size2D.of(strides));
  }

  /** The same layer with another padding; {@code VALID} by default. */
  public DepthwiseConv2D padding(Padding padding) {
    return with(Convolution.PADDING, padding);
  }

  /** The same layer with holes in its kernel; (1, 1), no holes, by default. */
  public DepthwiseConv2D dilationRate(Size2D rate) {
    return with(Convolution.DILATION_RATE, rate);
  }

  /** The same layer with an activation; none by default. */
  public DepthwiseConv2D activation(ActivationFunction activation) {
    return with(Keys.ACTIVATION, activation);
  }

  /** The same layer with or without a bias; with one by default. */
  public DepthwiseConv2D useBias(boolean useBias) {
    return with(Keys.USE_BIAS, useBias);
  }

  /** The same layer with other first values of the kernel; Glorot uniform by default. */
  public DepthwiseConv2D depthwiseInitializer(Initializer initializer) {
    return with(DEPTHWISE_INITIALIZER, initializer);
  }

  /** The same layer with a penalty on its kernel; none by default. */
  public DepthwiseConv2D depthwiseRegularizer(Regularizer regularizer) {
    return with(DEPTHWISE_REGULARIZER, Optional.of(regularizer));
  }

  /** The same layer with bounds for its kernel; none by default. */
  public DepthwiseConv2D depthwiseConstraint(Constraint constraint) {
    return with(DEPTHWISE_CONSTRAINT, Optional.of(constraint));
  }

  /** The same layer with other first values of the bias; zeros by default. */
  public DepthwiseConv2D biasInitializer(Initializer initializer) {
    return with(Keys.BIAS_INITIALIZER, initializer);
  }

  /** The same layer with a penalty on its bias; none by default. */
  public DepthwiseConv2D biasRegularizer(Regularizer regularizer) {
    return with(Keys.BIAS_REGULARIZER, Optional.of(regularizer));
  }

  /** The same layer with bounds for its bias; none by default. */
  public DepthwiseConv2D biasConstraint(Constraint constraint) {
    return with(Keys.BIAS_CONSTRAINT, Optional.of(constraint));
  }

  /** The same layer with a penalty on its output; none by default. */
  public DepthwiseConv2D activityRegularizer(Regularizer regularizer) {
    return with(Keys.ACTIVITY_REGULARIZER, Optional.of(regularizer));
  }

  @Override
  public Shape outputShape(Inputs inputs) {
    return Convolution.window(config).outputShape(inputs, outputs(inputs));
  }

  private long outputs(Inputs inputs) {
    return inputs.image().get(3) * config.get(Convolution.DEPTH_MULTIPLIER);
  }

  @Override
  public List<WeightSpec> weights(Inputs inputs) {
    List<WeightSpec> weights = new ArrayList<>();
    Shape shape = Convolution.depthwiseShape(config, inputs.image().get(3));
    weights.add(
        WeightSpec.trained("kernel", shape, config.get(DEPTHWISE_INITIALIZER))
            .regularized(config.get(DEPTHWISE_REGULARIZER))
            .constrained(config.get(DEPTHWISE_CONSTRAINT)));
    Keys.bias(config, outputs(inputs)).ifPresent(weights::add);
    return List.copyOf(weights);
  }

  @Override
  public <T extends TFloating> Operand<T> compute(Scope scope, Operand<T> x) {
    Operand<T> kernel = scope.weight("kernel", x.type());
    return Keys.biasAndActivation(
        scope, config, Convolution.depthwise(scope.tf(), config, x, kernel));
  }

  @Override
  public Schema<DepthwiseConv2D> schema() {
    return SCHEMA;
  }
}
