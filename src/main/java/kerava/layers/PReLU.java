package kerava.layers;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import kerava.Inputs;
import kerava.Layer;
import kerava.UnaryLayer;
import kerava.WeightSpec;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import kerava.constraints.Constraint;
import kerava.graph.Scope;
import kerava.initializers.Initializer;
import kerava.initializers.Zeros;
import kerava.regularizers.Regularizer;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * x if x ≥ 0, else α x with an α that is learned (He et al. 2015): any shape → the same.
 *
 * <p>Its weight is {@code alpha}, of the shape of a sample, with 1 along shared axes.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/activation_layers/prelu/">Keras: PReLU</a>
 */
public record PReLU(Config config) implements UnaryLayer, PassesMask {
  private static final WeightArguments ALPHA = WeightArguments.of("alpha", Zeros.of());
  private static final Key<Optional<List<Integer>>> SHARED_AXES =
      Key.optional("shared_axes", Codec.list(Codec.positive()));

  /** How the layer is written and read. */
  public static final Schema<PReLU> SCHEMA =
      Layer.schema(
          "PReLU",
          PReLU::new,
          ALPHA.initializer(),
          ALPHA.regularizer(),
          ALPHA.constraint(),
          SHARED_AXES);

  /** The layer with an α of its own for each number of a sample, 0 at first. */
  public static PReLU of() {
    return new PReLU(SCHEMA.config());
  }

  private <T> PReLU with(Key<T> key, T value) {
    return new PReLU(config.with(key, value));
  }

  /**
   * The same layer with one α along some axes; 1, 2 for images with one α a channel.
   *
   * @throws IllegalArgumentException if an axis is below 1, the first behind the batch
   */
  public PReLU sharedAxes(int... axes) {
    return with(SHARED_AXES, Optional.of(Arrays.stream(axes).boxed().toList()));
  }

  /** The same layer with other first values of α; zeros by default. */
  public PReLU alphaInitializer(Initializer initializer) {
    return with(ALPHA.initializer(), initializer);
  }

  /** The same layer with a penalty on α; none by default. */
  public PReLU alphaRegularizer(Regularizer regularizer) {
    return with(ALPHA.regularizer(), Optional.of(regularizer));
  }

  /** The same layer with bounds for α; none by default. */
  public PReLU alphaConstraint(Constraint constraint) {
    return with(ALPHA.constraint(), Optional.of(constraint));
  }

  @Override
  public Shape outputShape(Inputs inputs) {
    alpha(inputs);
    return inputs.single();
  }

  private Shape alpha(Inputs inputs) {
    long[] sizes = inputs.single().asArray();
    config
        .get(SHARED_AXES)
        .orElse(List.of())
        .forEach(a -> sizes[Axes.of(inputs, a, sizes.length)] = 1);
    Shape alpha = Shape.of(Arrays.copyOfRange(sizes, 1, sizes.length));
    if (alpha.hasUnknownDimension()) {
      throw inputs.refuse("known sizes along the axes that are not shared", "");
    }
    return alpha;
  }

  @Override
  public List<WeightSpec> weights(Inputs inputs) {
    return List.of(ALPHA.weight(config, "alpha", alpha(inputs)));
  }

  @Override
  public Operand<TFloat32> build(Scope scope, Operand<TFloat32> x) {
    Ops tf = scope.tf();
    Operand<TFloat32> negative = tf.math.mul(scope.weight("alpha"), tf.nn.relu(tf.math.neg(x)));
    return tf.math.sub(tf.nn.relu(x), negative);
  }

  @Override
  public Schema<PReLU> schema() {
    return SCHEMA;
  }
}
