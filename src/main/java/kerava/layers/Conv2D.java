package kerava.layers;

import java.util.ArrayList;
import java.util.List;
import kerava.Inputs;
import kerava.Layer;
import kerava.TypedUnaryLayer;
import kerava.WeightSpec;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import kerava.graph.Scope;
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
 * <p>By default the window steps by 1, with padding {@code VALID} and without holes, in one group;
 * there is no activation, and a bias. The kernel begins Glorot uniform, the bias with zeros;
 * neither has a penalty or bounds.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/convolution_layers/convolution2d/">Keras: Conv2D</a>
 */
public record Conv2D(Config config)
    implements TypedUnaryLayer,
        Conv2DArguments<Conv2D>,
        KernelArguments<Conv2D>,
        BiasArguments<Conv2D>,
        ActivationArguments<Conv2D> {
  private static final Key<Integer> GROUPS = Key.of("groups", Codec.positive(), 1);

  /** How a convolution is written and read. */
  public static final Schema<Conv2D> SCHEMA =
      Layer.schema("Conv2D", Conv2D::new, Convolution.FILTERS, KERNEL_SIZE)
          .with(STRIDES, PADDING, DataFormat.KEY, DILATION_RATE, GROUPS)
          .with(ACTIVATION, USE_BIAS)
          .with(KERNEL.initializer(), BIAS.initializer())
          .with(KERNEL.regularizer(), BIAS.regularizer(), ACTIVITY_REGULARIZER)
          .with(KERNEL.constraint(), BIAS.constraint())
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
        SCHEMA.config().with(Convolution.FILTERS, filters).with(KERNEL_SIZE, kernelSize));
  }

  /** The same layer in groups of channels that do not see each other; 1 by default. */
  public Conv2D groups(int groups) {
    return new Conv2D(config.with(GROUPS, groups));
  }

  @Override
  public Shape outputShape(Inputs inputs) {
    Shape x = inputs.image();
    if (x.get(3) % config.get(GROUPS) != 0) {
      throw inputs.refuse("channels in a multiple of the " + config.get(GROUPS) + " groups", "");
    }
    return config
        .get(ACTIVATION)
        .outputShape(
            inputs,
            Convolution.window(config).outputShape(inputs, config.get(Convolution.FILTERS)));
  }

  @Override
  public List<WeightSpec> weights(Inputs inputs) {
    Size2D size = config.get(KERNEL_SIZE);
    int filters = config.get(Convolution.FILTERS);
    long channels = inputs.image().get(3) / config.get(GROUPS);
    return BiasAndActivation.weights(
        config,
        filters,
        KERNEL.weight(config, "kernel", Shape.of(size.height(), size.width(), channels, filters)));
  }

  @Override
  public <T extends TFloating> Operand<T> compute(Scope scope, Operand<T> x) {
    Ops tf = scope.tf();
    Operand<T> kernel =
        DilatedKernel.in(tf, scope.weight("kernel", x.type()), config.get(DILATION_RATE));
    return BiasAndActivation.of(scope, config, convolution(tf, x, kernel));
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
        x, kernel, Convolution.steps(config.get(STRIDES)), config.get(PADDING).name());
  }

  @Override
  public Schema<Conv2D> schema() {
    return SCHEMA;
  }
}
