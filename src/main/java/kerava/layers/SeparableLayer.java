package kerava.layers;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import kerava.Inputs;
import kerava.Layer;
import kerava.TypedUnaryLayer;
import kerava.WeightSpec;
import kerava.config.Config;
import kerava.config.Schema;
import kerava.constraints.Constraint;
import kerava.graph.Scope;
import kerava.initializers.GlorotUniform;
import kerava.initializers.Initializer;
import kerava.regularizers.Regularizer;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * What convolutions of each channel by itself, then of each place by itself, are over sequences and
 * images.
 *
 * @param <L> the class of the layer
 * @param <S> the class of the window's size
 */
interface SeparableLayer<L extends Layer, S extends Size>
    extends TypedUnaryLayer,
        ConvolutionArguments<L, S>,
        DepthwiseArguments<L>,
        BiasArguments<L>,
        ActivationArguments<L> {
  /** The keys of the pointwise kernel's arguments. */
  WeightArguments POINTWISE = WeightArguments.of("pointwise", GlorotUniform.of());

  /** How such a layer is written and read. */
  static <L extends Layer> Schema<L> schema(
      String className, Function<Config, L> constructor, ConvolutionKeys<?> keys) {
    return Layer.schema(className, constructor, DEPTH_MULTIPLIER)
        .with(Convolution.FILTERS, keys.kernelSize())
        .with(keys.strides(), keys.padding(), DataFormat.KEY, keys.dilationRate())
        .with(ACTIVATION, USE_BIAS)
        .with(DEPTHWISE.initializer(), POINTWISE.initializer(), BIAS.initializer())
        .with(DEPTHWISE.regularizer(), POINTWISE.regularizer(), BIAS.regularizer())
        .with(ACTIVITY_REGULARIZER)
        .with(DEPTHWISE.constraint(), POINTWISE.constraint(), BIAS.constraint());
  }

  @Override
  Schema<L> schema();

  /** The same layer with other first values of the pointwise kernel; Glorot uniform by default. */
  default L pointwiseInitializer(Initializer initializer) {
    return schema().create(config().with(POINTWISE.initializer(), initializer));
  }

  /** The same layer with a penalty on its pointwise kernel; none by default. */
  default L pointwiseRegularizer(Regularizer regularizer) {
    return schema().create(config().with(POINTWISE.regularizer(), Optional.of(regularizer)));
  }

  /** The same layer with bounds for its pointwise kernel; none by default. */
  default L pointwiseConstraint(Constraint constraint) {
    return schema().create(config().with(POINTWISE.constraint(), Optional.of(constraint)));
  }

  @Override
  default Shape outputShape(Inputs inputs) {
    return config()
        .get(ACTIVATION)
        .outputShape(
            inputs, keys().window(config()).outputShape(inputs, config().get(Convolution.FILTERS)));
  }

  @Override
  default List<WeightSpec> weights(Inputs inputs) {
    int axes = keys().sizes().axes();
    int filters = config().get(Convolution.FILTERS);
    int multiplier = config().get(DEPTH_MULTIPLIER);
    long channels = inputs.spatial(axes).get(axes + 1);
    Shape depthwise =
        Convolution.kernelShape(config().get(keys().kernelSize()), channels, multiplier);
    Shape pointwise =
        Convolution.kernelShape(keys().sizes().all(1), channels * multiplier, filters);
    return BiasAndActivation.weights(
        config(),
        filters,
        DEPTHWISE.weight(config(), "depthwise_kernel", depthwise),
        POINTWISE.weight(config(), "pointwise_kernel", pointwise));
  }

  @Override
  default <T extends TFloating> Operand<T> compute(Scope scope, Operand<T> x) {
    Ops tf = scope.tf();
    Window window = keys().window(config()).inRows();
    Operand<T> depthwise = OneRow.kernel(tf, scope.weight("depthwise_kernel", x.type()));
    Operand<T> pointwise = OneRow.kernel(tf, scope.weight("pointwise_kernel", x.type()));
    return OneRow.around(
        tf,
        x,
        image ->
            BiasAndActivation.of(
                scope,
                config(),
                tf.nn.conv2d(
                    Convolution.depthwise(tf, image, depthwise, window),
                    pointwise,
                    Sizes.steps(Size2D.of(1)),
                    Padding.VALID.name())));
  }
}
