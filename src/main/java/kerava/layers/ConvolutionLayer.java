package kerava.layers;

import java.util.List;
import java.util.function.Function;
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
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * What convolutions of all channels of a group together are over any number of axes.
 *
 * @param <L> the class of the layer
 * @param <S> the class of the window's size
 */
interface ConvolutionLayer<L extends Layer, S extends Size>
    extends TypedUnaryLayer,
        ConvolutionArguments<L, S>,
        KernelArguments<L>,
        BiasArguments<L>,
        ActivationArguments<L> {
  /** The key of how many groups of channels there are. */
  Key<Integer> GROUPS = Key.of("groups", Codec.positive(), 1);

  /** How such a layer is written and read. */
  static <L extends Layer> Schema<L> schema(
      String className, Function<Config, L> constructor, ConvolutionKeys<?> keys) {
    return Layer.schema(className, constructor, Convolution.FILTERS, keys.kernelSize())
        .with(keys.strides(), keys.padding(), DataFormat.KEY, keys.dilationRate(), GROUPS)
        .with(ACTIVATION, USE_BIAS)
        .with(KERNEL.initializer(), BIAS.initializer())
        .with(KERNEL.regularizer(), BIAS.regularizer(), ACTIVITY_REGULARIZER)
        .with(KERNEL.constraint(), BIAS.constraint());
  }

  /** Refuses arguments that do not go together. */
  static void check(String className, Config config, ConvolutionKeys<?> keys) {
    if (config.get(Convolution.FILTERS) % config.get(GROUPS) != 0) {
      throw new IllegalArgumentException(
          className
              + " filters: expected a multiple of the "
              + config.get(GROUPS)
              + " groups, got "
              + config.get(Convolution.FILTERS)
              + ".");
    }
    keys.requireStridesOrDilation(className, config);
  }

  @Override
  Schema<L> schema();

  /** The same layer in groups of channels that do not see each other; 1 by default. */
  default L groups(int groups) {
    return schema().create(config().with(GROUPS, groups));
  }

  @Override
  default Shape outputShape(Inputs inputs) {
    if (channels(inputs) % config().get(GROUPS) != 0) {
      throw inputs.refuse("channels in a multiple of the " + config().get(GROUPS) + " groups", "");
    }
    return config()
        .get(ACTIVATION)
        .outputShape(
            inputs, keys().window(config()).outputShape(inputs, config().get(Convolution.FILTERS)));
  }

  private long channels(Inputs inputs) {
    int axes = keys().sizes().axes();
    return inputs.spatial(axes).get(axes + 1);
  }

  @Override
  default List<WeightSpec> weights(Inputs inputs) {
    int filters = config().get(Convolution.FILTERS);
    Shape kernel =
        Convolution.kernelShape(
            config().get(keys().kernelSize()), channels(inputs) / config().get(GROUPS), filters);
    return BiasAndActivation.weights(config(), filters, KERNEL.weight(config(), "kernel", kernel));
  }

  @Override
  default <T extends TFloating> Operand<T> compute(Scope scope, Operand<T> x) {
    Ops tf = scope.tf();
    Window window = keys().window(config()).inRows();
    Operand<T> kernel = OneRow.kernel(tf, scope.weight("kernel", x.type()));
    return OneRow.around(
        tf,
        x,
        image ->
            BiasAndActivation.of(
                scope, config(), Convolution.of(tf, image, kernel, window, config().get(GROUPS))));
  }
}
