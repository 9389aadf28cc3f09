package kerava.layers;

import java.util.List;
import kerava.Inputs;
import kerava.Layer;
import kerava.UnaryLayer;
import kerava.WeightSpec;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import kerava.graph.Scope;
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
 * <p>By default the channels lie along the last axis, 0.001 is added to the variance, and there is
 * an offset, zeros at first, and a factor, ones at first; neither has a penalty or bounds.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/normalization_layers/group_normalization/">Keras:
 *     GroupNormalization</a>
 */
public record GroupNormalization(Config config)
    implements UnaryLayer, PassesMask, NormalizationArguments<GroupNormalization> {
  private static final Key<Integer> GROUPS =
      Key.of(
          "groups",
          Codec.integer().where("a whole number of at least 1, or -1", n -> n >= 1 || n == -1),
          32);
  private static final Key<Integer> AXIS = Key.of("axis", Codec.integer(), -1);

  /** How the layer is written and read. */
  public static final Schema<GroupNormalization> SCHEMA =
      Layer.schema("GroupNormalization", GroupNormalization::new, GROUPS, AXIS)
          .with(EPSILON, CENTER, SCALE)
          .with(BETA.initializer(), GAMMA.initializer())
          .with(BETA.regularizer(), GAMMA.regularizer())
          .with(BETA.constraint(), GAMMA.constraint());

  /**
   * The layer.
   *
   * @param groups how many groups the channels are divided into; -1 for as many as there are
   * @throws IllegalArgumentException if it is 0 or below -1
   */
  public static GroupNormalization of(int groups) {
    return new GroupNormalization(SCHEMA.config().with(GROUPS, groups));
  }

  /** The same layer whose channels lie along another axis; the last one, -1, by default. */
  public GroupNormalization axis(int axis) {
    return new GroupNormalization(config.with(AXIS, axis));
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
    GammaBeta.Broadcast stretch =
        last
            ? new GammaBeta.Broadcast(new int[] {1, 3}, new int[] {1, 1, groups, size})
            : new GammaBeta.Broadcast(new int[] {1, 3, 4}, new int[] {1, 1, groups, size, 1});
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
