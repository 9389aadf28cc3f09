package kerava.layers;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import kerava.Inputs;
import kerava.Layer;
import kerava.TypedUnaryLayer;
import kerava.WeightSpec;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import kerava.constraints.Constraint;
import kerava.graph.Scope;
import kerava.initializers.Initializer;
import kerava.regularizers.Regularizer;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * A convolution over images: (batch, height, width, channels) → (batch, height', width', filters).
 *
 * <p>Its weights are {@code kernel} (kernel height, kernel width, channels / groups, filters) and
 * {@code bias} (filters).
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/convolution_layers/convolution2d/">Keras: Conv2D</a>
 */
public record Conv2D(Config config) implements TypedUnaryLayer {
  private static final Key<Integer> GROUPS = Key.of("groups", Codec.positive(), 1);

  /** How a convolution is written and read. */
  public static final Schema<Conv2D> SCHEMA =
      Layer.schema(
              "Conv2D",
              Conv2D::new,
              Convolution.FILTERS,
              Convolution.KERNEL_SIZE,
              Convolution.STRIDES,
              Convolution.PADDING,
              Keys.DATA_FORMAT,
              Convolution.DILATION_RATE,
              GROUPS,
              Keys.ACTIVATION,
              Keys.USE_BIAS,
              Keys.KERNEL_INITIALIZER,
              Keys.BIAS_INITIALIZER,
              Keys.KERNEL_REGULARIZER,
              Keys.BIAS_REGULARIZER,
              Keys.ACTIVITY_REGULARIZER,
              Keys.KERNEL_CONSTRAINT,
              Keys.BIAS_CONSTRAINT)
          .alias("Convolution2D");

  /** Checks that the arguments go together. */
  public Conv2D {
    if (config.get(Convolution.FILTERS) % config.get(GROUPS) != 0) {
      throw new IllegalArgumentException(
          "Conv2D filters: expected a multiple of the "
              + config.get(GROUPS)
              + " groups, got "
              + config.get(Convolution.FILTERS)
              + ".");
    }
    Convolution.requireStridesOrDilation("Conv2D", config);
  }

  /**
   * A convolution with a square kernel, stride 1, padding {@code VALID}, a bias, no activation.
   *
   * @param filters how many channels the output has
   * @param kernelSize the side of the kernel
   * @throws IllegalArgumentException if one of them is below 1
   */
  public static Conv2D of(int filters, int kernelSize) {
    return of(filters, Size2D.of(kernelSize));
  }

  /** A convolution with a kernel of any size; otherwise as {@link #of(int, int)}. */
  public static Conv2D of(int filters, Size2D kernelSize) {
    return new Conv2D(
        SCHEMA
            .config()
            .with(Convolution.FILTERS, filters)
            .with(Convolution.KERNEL_SIZE, kernelSize));
  }

  private <T> Conv2D with(Key<T> key, T value) {
    return new Conv2D(config.with(key, value));
  }

  /** The same layer with a step of the window; 1 by default. */
  public Conv2D strides(int strides) {
    return strides(Size2D.of(strides));
  }

  /** The same layer with a step of the window; (1, 1) by default. */
  public Conv2D strides(Size2D strides) {
    return with(Convolution.STRIDES, strides);
  }

  /** The same layer with another padding; {@code VALID} by default. */
  public Conv2D padding(Padding padding) {
    return with(Convolution.PADDING, padding);
  }

  /** The same layer with holes in its kernel; (1, 1), no holes, by default. */
  public Conv2D dilationRate(Size2D rate) {
    return with(Convolution.DILATION_RATE, rate);
  }

  /** The same layer in groups of channels that do not see each other; 1 by default. */
  public Conv2D groups(int groups) {
    return with(GROUPS, groups);
  }

  /** The same layer with an activation; none by default. */
  public Conv2D activation(ActivationFunction activation) {
    return with(Keys.ACTIVATION, activation);
  }

  /** The same layer with or without a bias; with one by default. */
  public Conv2D useBias(boolean useBias) {
    return with(Keys.USE_BIAS, useBias);
  }

  /** The same layer with other first values of the kernel; Glorot uniform by default. */
  public Conv2D kernelInitializer(Initializer initializer) {
    return with(Keys.KERNEL_INITIALIZER, initializer);
  }

  /** The same layer with other first values of the bias; zeros by default. */
  public Conv2D biasInitializer(Initializer initializer) {
    return with(Keys.BIAS_INITIALIZER, initializer);
  }

  /** The same layer with a penalty on its kernel; none by default. */
  public Conv2D kernelRegularizer(Regularizer regularizer) {
    return with(Keys.KERNEL_REGULARIZER, Optional.of(regularizer));
  }

  /** The same layer with a penalty on its bias; none by default. */
  public Conv2D biasRegularizer(Regularizer regularizer) {
    return with(Keys.BIAS_REGULARIZER, Optional.of(regularizer));
  }

  /** The same layer with a penalty on its output; none by default. */
  public Conv2D activityRegularizer(Regularizer regularizer) {
    return with(Keys.ACTIVITY_REGULARIZER, Optional.of(regularizer));
  }

  /** The same layer with bounds for its kernel; none by default. */
  public Conv2D kernelConstraint(Constraint constraint) {
    return with(Keys.KERNEL_CONSTRAINT, Optional.of(constraint));
  }

  /** The same layer with bounds for its bias; none by default. */
  public Conv2D biasConstraint(Constraint constraint) {
    return with(Keys.BIAS_CONSTRAINT, Optional.of(constraint));
  }

  @Override
  public Shape outputShape(Inputs inputs) {
    Shape x = inputs.image();
    if (x.get(3) % config.get(GROUPS) != 0) {
      throw inputs.refuse("channels in a multiple of the " + config.get(GROUPS) + " groups", "");
    }
    return Convolution.window(config).outputShape(inputs, config.get(Convolution.FILTERS));
  }

  @Override
  public List<WeightSpec> weights(Inputs inputs) {
    Size2D size = config.get(Convolution.KERNEL_SIZE);
    int filters = config.get(Convolution.FILTERS);
    long channels = inputs.image().get(3) / config.get(GROUPS);
    List<WeightSpec> weights = new ArrayList<>();
    weights.add(Keys.kernel(config, Shape.of(size.height(), size.width(), channels, filters)));
    Keys.bias(config, filters).ifPresent(weights::add);
    return List.copyOf(weights);
  }

  @Override
  public <T extends TFloating> Operand<T> compute(Scope scope, Operand<T> x) {
    Ops tf = scope.tf();
    Operand<T> kernel =
        DilatedKernel.in(
            tf, scope.weight("kernel", x.type()), config.get(Convolution.DILATION_RATE));
    return Keys.biasAndActivation(scope, config, convolution(tf, x, kernel));
  }

  private <T extends TFloating> Operand<T> convolution(Ops tf, Operand<T> x, Operand<T> kernel) {
    int groups = config.get(GROUPS);
    if (groups == 1) {
      return single(tf, x, kernel);
    }
    // TensorFlow's own groups have no gradient on the CPU.
    List<Output<T>> inputs = tf.split(tf.constant(3), x, (long) groups).output();
    List<Output<T>> kernels = tf.split(tf.constant(3), kernel, (long) groups).output();
    List<Operand<T>> outputs = new ArrayList<>();
    for (int i = 0; i < groups; i++) {
      outputs.add(single(tf, inputs.get(i), kernels.get(i)));
    }
    return tf.concat(outputs, tf.constant(3));
  }

  private <T extends TFloating> Operand<T> single(Ops tf, Operand<T> x, Operand<T> kernel) {
    return tf.nn.conv2d(
        x,
        kernel,
        Convolution.steps(config.get(Convolution.STRIDES)),
        config.get(Convolution.PADDING).name());
  }

  @Override
  public Schema<Conv2D> schema() {
    return SCHEMA;
  }
}
