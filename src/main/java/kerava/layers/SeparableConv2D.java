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
 * A convolution of each channel by itself, then one of each pixel by itself: (batch, height, width,
 * channels) → (batch, height', width', filters).
 *
 * <p>Its weights are {@code depthwise_kernel} (kernel height, kernel width, channels, depth
 * multiplier), {@code pointwise_kernel} (1, 1, channels · depth multiplier, filters) and {@code
 * bias} (filters).
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/convolution_layers/separable_convolution2d/">Keras:
 *     SeparableConv2D</a>
 */
public record SeparableConv2D(Config config) implements TypedUnaryLayer {
  private static final Key<Initializer> DEPTHWISE_INITIALIZER =
      Keys.initializer("depthwise", GlorotUniform.of());
  private static final Key<Optional<Regularizer>> DEPTHWISE_REGULARIZER =
      Keys.regularizer("depthwise");
  private static final Key<Optional<Constraint>> DEPTHWISE_CONSTRAINT =
      Keys.constraint("depthwise");
  private static final Key<Initializer> POINTWISE_INITIALIZER =
      Keys.initializer("pointwise", GlorotUniform.of());
  private static final Key<Optional<Regularizer>> POINTWISE_REGULARIZER =
      Keys.regularizer("pointwise");
  private static final Key<Optional<Constraint>> POINTWISE_CONSTRAINT =
      Keys.constraint("pointwise");

  /** How the layer is written and read. */
  public static final Schema<SeparableConv2D> SCHEMA =
      Layer.schema(
              "SeparableConv2D",
              SeparableConv2D::new,
              Convolution.DEPTH_MULTIPLIER,
              Convolution.FILTERS,
              Convolution.KERNEL_SIZE,
              Convolution.STRIDES,
              Convolution.PADDING,
              Keys.DATA_FORMAT,
              Convolution.DILATION_RATE,
              Keys.ACTIVATION,
              Keys.USE_BIAS,
              DEPTHWISE_INITIALIZER,
              POINTWISE_INITIALIZER,
              Keys.BIAS_INITIALIZER,
              DEPTHWISE_REGULARIZER,
              POINTWISE_REGULARIZER,
              Keys.BIAS_REGULARIZER,
              Keys.ACTIVITY_REGULARIZER,
              DEPTHWISE_CONSTRAINT,
              POINTWISE_CONSTRAINT,
              Keys.BIAS_CONSTRAINT)
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
        SCHEMA
            .config()
            .with(Convolution.FILTERS, filters)
            .with(Convolution.KERNEL_SIZE, kernelSize));
  }

  private <T> SeparableConv2D with(Key<T> key, T value) {
    return new SeparableConv2D(config.with(key, value));
  }

  /** The same layer with several outputs for each channel in between; 1 by default. */
  public SeparableConv2D depthMultiplier(int multiplier) {
    return with(Convolution.DEPTH_MULTIPLIER, multiplier);
  }

  /** The same layer with a step of the window; (1, 1) by default. */
  public SeparableConv2D strides(Size2D strides) {
    return with(Convolution.STRIDES, strides);
  }

  /** The same layer with a step of the window; 1 by default. */
  public SeparableConv2D strides(int strides) {
    return strides(Size2D.of(strides));
  }

  /** The same layer with another padding; {@code VALID} by default. */
  public SeparableConv2D padding(Padding padding) {
    return with(Convolution.PADDING, padding);
  }

  /** The same layer with holes in its kernel; (1, 1), no holes, by default. */
  public SeparableConv2D dilationRate(Size2D rate) {
    return with(Convolution.DILATION_RATE, rate);
  }

  /** The same layer with an activation; none by default. */
  public SeparableConv2D activation(ActivationFunction activation) {
    return with(Keys.ACTIVATION, activation);
  }

  /** The same layer with or without a bias; with one by default. */
  public SeparableConv2D useBias(boolean useBias) {
    return with(Keys.USE_BIAS, useBias);
  }

  /** The same layer with other first values of the depthwise kernel; Glorot uniform by default. */
  public SeparableConv2D depthwiseInitializer(Initializer initializer) {
    return with(DEPTHWISE_INITIALIZER, initializer);
  }

  /** The same layer with a penalty on its depthwise kernel; none by default. */
  public SeparableConv2D depthwiseRegularizer(Regularizer regularizer) {
    return with(DEPTHWISE_REGULARIZER, Optional.of(regularizer));
  }

  /** The same layer with bounds for its depthwise kernel; none by default. */
  public SeparableConv2D depthwiseConstraint(Constraint constraint) {
    return with(DEPTHWISE_CONSTRAINT, Optional.of(constraint));
  }

  /** The same layer with other first values of the pointwise kernel; Glorot uniform by default. */
  public SeparableConv2D pointwiseInitializer(Initializer initializer) {
    return with(POINTWISE_INITIALIZER, initializer);
  }

  /** The same layer with a penalty on its pointwise kernel; none by default. */
  public SeparableConv2D pointwiseRegularizer(Regularizer regularizer) {
    return with(POINTWISE_REGULARIZER, Optional.of(regularizer));
  }

  /** The same layer with bounds for its pointwise kernel; none by default. */
  public SeparableConv2D pointwiseConstraint(Constraint constraint) {
    return with(POINTWISE_CONSTRAINT, Optional.of(constraint));
  }

  /** The same layer with other first values of the bias; zeros by default. */
  public SeparableConv2D biasInitializer(Initializer initializer) {
    return with(Keys.BIAS_INITIALIZER, initializer);
  }

  /** The same layer with a penalty on its bias; none by default. */
  public SeparableConv2D biasRegularizer(Regularizer regularizer) {
    return with(Keys.BIAS_REGULARIZER, Optional.of(regularizer));
  }

  /** The same layer with bounds for its bias; none by default. */
  public SeparableConv2D biasConstraint(Constraint constraint) {
    return with(Keys.BIAS_CONSTRAINT, Optional.of(constraint));
  }

  /** The same layer with a penalty on its output; none by default. */
  public SeparableConv2D activityRegularizer(Regularizer regularizer) {
    return with(Keys.ACTIVITY_REGULARIZER, Optional.of(regularizer));
  }

  @Override
  public Shape outputShape(Inputs inputs) {
    return Convolution.window(config).outputShape(inputs, config.get(Convolution.FILTERS));
  }

  @Override
  public List<WeightSpec> weights(Inputs inputs) {
    int filters = config.get(Convolution.FILTERS);
    Shape depthwise = Convolution.depthwiseShape(config, inputs.image().get(3));
    Shape pointwise = Shape.of(1, 1, depthwise.get(2) * depthwise.get(3), filters);
    List<WeightSpec> weights = new ArrayList<>();
    weights.add(
        WeightSpec.trained("depthwise_kernel", depthwise, config.get(DEPTHWISE_INITIALIZER))
            .regularized(config.get(DEPTHWISE_REGULARIZER))
            .constrained(config.get(DEPTHWISE_CONSTRAINT)));
    weights.add(
        WeightSpec.trained("pointwise_kernel", pointwise, config.get(POINTWISE_INITIALIZER))
            .regularized(config.get(POINTWISE_REGULARIZER))
            .constrained(config.get(POINTWISE_CONSTRAINT)));
    Keys.bias(config, filters).ifPresent(weights::add);
    return List.copyOf(weights);
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
    return Keys.biasAndActivation(scope, config, y);
  }

  @Override
  public Schema<SeparableConv2D> schema() {
    return SCHEMA;
  }
}
