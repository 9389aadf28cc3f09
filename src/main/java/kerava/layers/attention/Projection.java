package kerava.layers.attention;

import static kerava.layers.BiasArguments.BIAS;
import static kerava.layers.BiasArguments.USE_BIAS;
import static kerava.layers.KernelArguments.KERNEL;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import kerava.Inputs;
import kerava.Layer;
import kerava.TypedUnaryLayer;
import kerava.WeightSpec;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import kerava.graph.Cast;
import kerava.graph.Scope;
import kerava.layers.ActivationArguments;
import kerava.layers.ActivityRegularization;
import kerava.layers.DynamicShape;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TFloating;

/**
 * A dense layer from the last axes of its input to others in their place: what layers of attention
 * hold of Keras' {@code EinsumDense}.
 *
 * <p>Its weights are {@code kernel} (inputs, outputs) and {@code bias} (outputs), each with as many
 * axes.
 */
record Projection(Config config) implements TypedUnaryLayer {
  /** How many axes of the input are summed over. */
  private static final Key<Integer> INPUTS = Key.of("inputs", Codec.positive(), 1);

  /** The sizes of the axes that come in their place. */
  private static final Key<List<Integer>> OUTPUTS =
      Key.required("outputs", Codec.list(Codec.positive()));

  private static final Key<Boolean> SIGMOID = Key.of("sigmoid", Codec.bool(), false);

  private static final Schema<Projection> SCHEMA =
      Layer.schema("EinsumDense", Projection::new, INPUTS, OUTPUTS, SIGMOID);

  /**
   * A projection with the arguments that a layer has for all of its own.
   *
   * @param owner its config
   * @param inputs how many axes of the input are summed over
   * @param outputs the sizes of the axes that come in their place
   */
  static Projection of(Config owner, int inputs, List<Integer> outputs) {
    Config config = SCHEMA.config().with(INPUTS, inputs).with(OUTPUTS, outputs);
    for (Key<?> key :
        List.of(
            DTYPE,
            USE_BIAS,
            KERNEL.initializer(),
            KERNEL.regularizer(),
            KERNEL.constraint(),
            BIAS.initializer(),
            BIAS.regularizer(),
            BIAS.constraint(),
            ActivationArguments.ACTIVITY_REGULARIZER)) {
      config = copied(key, owner, config);
    }
    return new Projection(config);
  }

  private static <T> Config copied(Key<T> key, Config from, Config to) {
    return to.with(key, from.get(key));
  }

  /** The same projection with its outputs brought to between 0 and 1. */
  Projection sigmoid() {
    return new Projection(config.with(SIGMOID, true));
  }

  private Shape inputs(Shape x) {
    int rank = x.numDimensions();
    return x.subShape(rank - config.get(INPUTS), rank);
  }

  private Shape outputs() {
    return Shape.of(config.get(OUTPUTS).stream().mapToLong(Integer::longValue).toArray());
  }

  private static Shape joined(Shape first, Shape second) {
    return Shape.of(
        LongStream.concat(LongStream.of(first.asArray()), LongStream.of(second.asArray()))
            .toArray());
  }

  private Shape outputShape(Shape x) {
    return joined(x.subShape(0, x.numDimensions() - config.get(INPUTS)), outputs());
  }

  @Override
  public Shape outputShape(Inputs inputs) {
    if (inputs(inputs.single()).hasUnknownDimension()) {
      throw inputs.refuse("a known number of features", "");
    }
    return outputShape(inputs.single());
  }

  @Override
  public List<WeightSpec> weights(Inputs inputs) {
    Shape from = inputs(inputs.single());
    Shape matrix = Shape.of(from.size(), outputs().size());
    Config own =
        config.with(
            KERNEL.initializer(), MatrixInitializer.of(config.get(KERNEL.initializer()), matrix));
    List<WeightSpec> weights = new ArrayList<>();
    weights.add(KERNEL.weight(own, "kernel", joined(from, outputs())));
    if (config.get(USE_BIAS)) {
      weights.add(BIAS.weight(config, "bias", outputs()));
    }
    return List.copyOf(weights);
  }

  @Override
  public <T extends TFloating> Operand<T> compute(Scope scope, Operand<T> x) {
    Ops tf = scope.tf();
    long from = inputs(x.shape()).size();
    long to = outputs().size();
    Operand<T> rows = DynamicShape.reshape(tf, x, Shape.of(-1, from));
    Operand<T> kernel =
        DynamicShape.reshape(tf, scope.weight("kernel", x.type()), Shape.of(from, to));
    Operand<T> y = tf.linalg.matMul(rows, kernel);
    if (config.get(USE_BIAS)) {
      Operand<T> bias = DynamicShape.reshape(tf, scope.weight("bias", x.type()), Shape.of(to));
      y = tf.nn.biasAdd(y, bias);
    }
    Operand<T> z = config.get(SIGMOID) ? tf.math.sigmoid(y) : y;
    Operand<T> outputs = tf.reshape(z, DynamicShape.of(tf, outputShape(x.shape()), x));
    config
        .get(ActivationArguments.ACTIVITY_REGULARIZER)
        .ifPresent(
            regularizer ->
                ActivityRegularization.penalize(
                    scope, regularizer, Cast.to(tf, outputs, TFloat32.class)));
    return outputs;
  }

  @Override
  public Schema<Projection> schema() {
    return SCHEMA;
  }
}
