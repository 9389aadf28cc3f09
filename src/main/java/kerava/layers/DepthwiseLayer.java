package kerava.layers;

import java.util.List;
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
import org.tensorflow.types.family.TFloating;

/**
 * What convolutions of each channel by itself are over sequences and images.
 *
 * @param <L> the class of the layer
 * @param <S> the class of the window's size
 */
interface DepthwiseLayer<L extends Layer, S extends Size>
    extends TypedUnaryLayer,
        ConvolutionArguments<L, S>,
        DepthwiseArguments<L>,
        BiasArguments<L>,
        ActivationArguments<L> {
  /** How such a layer is written and read. */
  static <L extends Layer> Schema<L> schema(
      String className, Function<Config, L> constructor, ConvolutionKeys<?> keys) {
    return Layer.schema(className, constructor, DEPTH_MULTIPLIER, keys.kernelSize())
        .with(keys.strides(), keys.padding(), DataFormat.KEY, keys.dilationRate())
        .with(ACTIVATION, USE_BIAS)
        .with(DEPTHWISE.initializer(), BIAS.initializer())
        .with(DEPTHWISE.regularizer(), BIAS.regularizer(), ACTIVITY_REGULARIZER)
        .with(DEPTHWISE.constraint(), BIAS.constraint());
  }

  @Override
  Schema<L> schema();

  @Override
  default Shape outputShape(Inputs inputs) {
    return config()
        .get(ACTIVATION)
        .outputShape(inputs, keys().window(config()).outputShape(inputs, depth(inputs)));
  }

  private long depth(Inputs inputs) {
    return channels(inputs) * config().get(DEPTH_MULTIPLIER);
  }

  private long channels(Inputs inputs) {
    int axes = keys().sizes().axes();
    return inputs.spatial(axes).get(axes + 1);
  }

  @Override
  default List<WeightSpec> weights(Inputs inputs) {
    Shape kernel =
        Convolution.kernelShape(
            config().get(keys().kernelSize()), channels(inputs), config().get(DEPTH_MULTIPLIER));
    return BiasAndActivation.weights(
        config(), depth(inputs), DEPTHWISE.weight(config(), "kernel", kernel));
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
                scope, config(), Convolution.depthwise(tf, image, kernel, window)));
  }
}
