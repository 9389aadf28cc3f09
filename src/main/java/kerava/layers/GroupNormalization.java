package kerava.layers;

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
import kerava.regularizers.Regularizer;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Brings the numbers of each sample and each group of channels to mean 0 and variance 1, then
 * applies a factor and an offset for each channel (Wu and He 2018): (batch, ..., channels) → the
 * same.
 *
 * <p>Its weights are {@code gamma} (channels) and {@code beta} (channels).
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/normalization_layers/group_normalization/">Keras:
 *     GroupNormalization</a>
 */
public record GroupNormalization(Config config) implements UnaryLayer {
  private static final Key<Integer> GROUPS =
      Key.of(
          "groups",
          Codec.integer().where("a whole number of at least 1, or -1", n -> n >= 1 || n == -1),
          32);
  private static final Key<Integer> AXIS = Key.of("axis", Codec.integer(), -1);

  /** How the layer is written and read. */
  public static final Schema<GroupNormalization> SCHEMA =
      Layer.schema(
          "GroupNormalization",
          GroupNormalization::new,
          GROUPS,
          AXIS,
          GammaBeta.EPSILON,
          GammaBeta.CENTER,
          GammaBeta.SCALE,
          GammaBeta.BETA_INITIALIZER,
          GammaBeta.GAMMA_INITIALIZER,
          GammaBeta.BETA_REGULARIZER,
          GammaBeta.GAMMA_REGULARIZER,
          GammaBeta.BETA_CONSTRAINT,
          GammaBeta.GAMMA_CONSTRAINT);

  /**
   * The layer.
   *
   * @param groups how many groups the channels are divided into; -1 for as many as there are
   * @throws IllegalArgumentException if it is 0 or below -1
   */
  public static GroupNormalization of(int groups) {
    return new GroupNormalization(SCHEMA.config().with(GROUPS, groups));
  }

  private <T> GroupNormalization with(Key<T> key, T value) {
    return new GroupNormalization(config.with(key, value));
  }

  /** The same layer whose channels lie along another axis; the last one, -1, by default. */
  public GroupNormalization axis(int axis) {
    return with(AXIS, axis);
  }

  /**
   * The same layer with another number that is added to the variance; 0.001 by default.
   *
   * @throws IllegalArgumentException if it is below 0
   */
  public GroupNormalization epsilon(double epsilon) {
    return with(GammaBeta.EPSILON, epsilon);
  }

  /** The same layer with or without the offset beta; with it by default. */
  public GroupNormalization center(boolean center) {
    return with(GammaBeta.CENTER, center);
  }

  /** The same layer with or without the factor gamma; with it by default. */
  public GroupNormalization scale(boolean scale) {
    return with(GammaBeta.SCALE, scale);
  }

  /** The same layer with another first beta; zeros by default. */
  public GroupNormalization betaInitializer(Initializer initializer) {
    return with(GammaBeta.BETA_INITIALIZER, initializer);
  }

  /** The same layer with another first gamma; ones by default. */
  public GroupNormalization gammaInitializer(Initializer initializer) {
    return with(GammaBeta.GAMMA_INITIALIZER, initializer);
  }

  /** The same layer with a penalty on beta; none by default. */
  public GroupNormalization betaRegularizer(Regularizer regularizer) {
    return with(GammaBeta.BETA_REGULARIZER, Optional.of(regularizer));
  }

  /** The same layer with a penalty on gamma; none by default. */
  public GroupNormalization gammaRegularizer(Regularizer regularizer) {
    return with(GammaBeta.GAMMA_REGULARIZER, Optional.of(regularizer));
  }

  /** The same layer with bounds for beta; none by default. */
  public GroupNormalization betaConstraint(Constraint constraint) {
    return with(GammaBeta.BETA_CONSTRAINT, Optional.of(constraint));
  }

  /** The same layer with bounds for gamma; none by default. */
  public GroupNormalization gammaConstraint(Constraint constraint) {
    return with(GammaBeta.GAMMA_CONSTRAINT, Optional.of(constraint));
  }

  @Override
  public Shape outputShape(Inputs inputs) {
    weights(inputs);
    return inputs.single();
  }

  @Override
  public List<WeightSpec> weights(Inputs inputs) {
    Shape x = inputs.single();
    int axis = Axes.of(inputs, config.get(AXIS), x.numDimensions());
    if (axis == 0) {
      throw inputs.refuse("an axis behind the batch, not " + config.get(AXIS), "");
    }
    long channels = x.get(axis);
    if (channels == Shape.UNKNOWN_SIZE || channels % groups(channels) != 0) {
      throw inputs.refuse("channels in a multiple of the " + groups(channels) + " groups", "");
    }
    return List.copyOf(GammaBeta.weights(config, Shape.of(channels)));
  }

  private long groups(long channels) {
    return config.get(GROUPS) == -1 ? channels : config.get(GROUPS);
  }

  @Override
  public boolean autocast() {
    return false;
  }

  @Override
  public Operand<TFloat32> build(Scope scope, Operand<TFloat32> x) {
    Ops tf = scope.tf();
    int rank = x.shape().numDimensions();
    int axis = Axes.of(config.get(AXIS), rank);
    long channels = x.shape().get(axis);
    int groups = Math.toIntExact(groups(channels));
    int size = Math.toIntExact(channels / groups);
    Operand<TInt32> after = product(tf, x, axis + 1, rank);
    List<Operand<TInt32>> sizes =
        List.of(
            DynamicShape.of(tf, x, 0),
            tf.constant(-1),
            tf.constant(groups),
            tf.constant(size),
            after);
    boolean last = axis == rank - 1;
    // Channels that lie last need no axis behind them, and most do.
    Operand<TInt32> shape = tf.stack(last ? sizes.subList(0, 4) : sizes);
    GammaBeta.Stretch stretch =
        last
            ? new GammaBeta.Stretch(new int[] {1, 3}, new int[] {1, 1, groups, size})
            : new GammaBeta.Stretch(new int[] {1, 3, 4}, new int[] {1, 1, groups, size, 1});
    Operand<TFloat32> y = GammaBeta.normalize(scope, config, tf.reshape(x, shape), stretch);
    return DynamicShape.like(tf, y, x);
  }

  /** How many numbers lie along some neighbouring axes. */
  private static Operand<TInt32> product(Ops tf, Operand<TFloat32> x, int from, int to) {
    Operand<TInt32> product = tf.constant(1);
    for (int axis = from; axis < to; axis++) {
      product = tf.math.mul(product, DynamicShape.of(tf, x, axis));
    }
    return product;
  }

  @Override
  public Schema<GroupNormalization> schema() {
    return SCHEMA;
  }
}
