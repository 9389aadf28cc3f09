package kerava.layers;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import kerava.Inputs;
import kerava.Layer;
import kerava.TypedUnaryLayer;
import kerava.WeightSpec;
import kerava.config.CallArguments;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import kerava.graph.Cast;
import kerava.graph.Scope;
import kerava.initializers.Initializer;
import kerava.initializers.Ones;
import kerava.initializers.Zeros;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.nn.FusedBatchNorm;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * Brings each channel to mean 0 and variance 1 over the batch, then applies a factor and an offset
 * (Ioffe and Szegedy 2015): any shape → the same.
 *
 * <p>Training normalizes by the batch and remembers moving averages; inference, and training of a
 * frozen layer, normalize by those. As in Keras 3, the moving variance is that of the batches,
 * without Bessel's correction.
 *
 * <p>Its weights are {@code gamma}, {@code beta}, {@code moving_mean} and {@code moving_variance},
 * one number a channel each.
 *
 * <p>By default the channels lie along the last axis, the moving averages keep 0.99 of the past,
 * 0.001 is added to the variance, and there is an offset, zeros at first, and a factor, ones at
 * first; neither has a penalty or bounds.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/normalization_layers/batch_normalization/">Keras:
 *     BatchNormalization</a>
 */
public record BatchNormalization(Config config)
    implements TypedUnaryLayer, PassesMask, NormalizationArguments<BatchNormalization> {
  // Keras 2 writes a list of one axis.
  private static final Key<List<Integer>> AXIS =
      Key.of(
          "axis",
          Codec.oneOrMany(Codec.integer()).where("one axis", axes -> axes.size() == 1),
          List.of(-1));
  private static final Key<Double> MOMENTUM = Key.of("momentum", Codec.between(0, 1), 0.99);
  private static final Key<Initializer> MOVING_MEAN_INITIALIZER =
      WeightArguments.of("moving_mean", Zeros.of()).initializer();
  private static final Key<Initializer> MOVING_VARIANCE_INITIALIZER =
      WeightArguments.of("moving_variance", Ones.of()).initializer();
  // Later versions of Keras 3 added these; older ones would refuse them.
  private static final Key<Boolean> SYNCHRONIZED =
      Key.only("synchronized", Codec.bool(), false).quiet();
  private static final Key<Boolean> RENORM = Key.only("renorm", Codec.bool(), false).quiet();
  private static final Key<Optional<Double>> RENORM_CLIPPING =
      Key.only("renorm_clipping", Codec.nullable(Codec.number()), Optional.<Double>empty()).quiet();
  private static final Key<Double> RENORM_MOMENTUM =
      Key.of("renorm_momentum", Codec.number(), 0.99).quiet();

  /** How the layer is written and read. */
  public static final Schema<BatchNormalization> SCHEMA =
      Layer.schema("BatchNormalization", BatchNormalization::new, AXIS, MOMENTUM)
          .with(EPSILON, CENTER, SCALE)
          .with(BETA.initializer(), GAMMA.initializer())
          .with(MOVING_MEAN_INITIALIZER, MOVING_VARIANCE_INITIALIZER)
          .with(BETA.regularizer(), GAMMA.regularizer())
          .with(BETA.constraint(), GAMMA.constraint())
          .with(SYNCHRONIZED, RENORM, RENORM_CLIPPING, RENORM_MOMENTUM);

  /** The layer over the last axis. */
  public static BatchNormalization of() {
    return new BatchNormalization(SCHEMA.config());
  }

  private <T> BatchNormalization with(Key<T> key, T value) {
    return new BatchNormalization(config.with(key, value));
  }

  /** The same layer whose channels lie along another axis; -1, the last one, by default. */
  public BatchNormalization axis(int axis) {
    return with(AXIS, List.of(axis));
  }

  /**
   * The same layer with another weight of the past in the moving averages; 0.99 by default.
   *
   * @throws IllegalArgumentException if it is not from 0 to 1
   */
  public BatchNormalization momentum(double momentum) {
    return with(MOMENTUM, momentum);
  }

  /** The same layer with another first moving mean; zeros by default. */
  public BatchNormalization movingMeanInitializer(Initializer initializer) {
    return with(MOVING_MEAN_INITIALIZER, initializer);
  }

  /** The same layer with another first moving variance; ones by default. */
  public BatchNormalization movingVarianceInitializer(Initializer initializer) {
    return with(MOVING_VARIANCE_INITIALIZER, initializer);
  }

  @Override
  public List<String> arguments() {
    return List.of(CallArguments.INPUTS, "mask");
  }

  @Override
  public Shape outputShape(Inputs inputs) {
    weights(inputs);
    return inputs.first().single();
  }

  @Override
  public List<WeightSpec> weights(Inputs all) {
    Inputs inputs = all.first();
    Shape x = inputs.single();
    long channels = x.get(Axes.of(inputs, config.get(AXIS).get(0), x.numDimensions()));
    if (channels == Shape.UNKNOWN_SIZE) {
      throw inputs.refuse("a known size of axis " + config.get(AXIS).get(0), "");
    }
    Shape shape = Shape.of(channels);
    List<WeightSpec> weights = GammaBeta.weights(config, shape);
    weights.add(WeightSpec.state("moving_mean", shape, config.get(MOVING_MEAN_INITIALIZER)));
    weights.add(
        WeightSpec.state("moving_variance", shape, config.get(MOVING_VARIANCE_INITIALIZER)));
    return List.copyOf(weights);
  }

  @Override
  public <T extends TFloating> Operand<T> compute(Scope scope, Operand<T> x) {
    Ops tf = scope.tf();
    int rank = x.shape().numDimensions();
    int axis = Axes.of(config.get(AXIS).get(0), rank);
    if (scope.mask().isPresent()) {
      MaskedStatistics.require(scope.mask().get(), x);
      if (scope.training() && trainable()) {
        return Cast.inFloat32(tf, x, floats -> byUnmasked(scope, floats, axis));
      }
    }
    if (axis == rank - 1) {
      return channelsLast(scope, x);
    }
    Operand<TInt32> swap = tf.constant(swapped(rank, axis));
    return tf.linalg.transpose(channelsLast(scope, tf.linalg.transpose(x, swap)), swap);
  }

  /** The axes with one of them and the last in each other's place. */
  private static int[] swapped(int rank, int axis) {
    int[] order = IntStream.range(0, rank).toArray();
    order[axis] = rank - 1;
    order[rank - 1] = axis;
    return order;
  }

  private <T extends TFloating> Operand<T> channelsLast(Scope scope, Operand<T> x) {
    int rank = x.shape().numDimensions();
    if (rank == 4) {
      return image(scope, x);
    }
    Shape flat = Shape.of(Shape.UNKNOWN_SIZE, 1, 1, x.shape().get(rank - 1));
    return DynamicShape.like(
        scope.tf(), image(scope, DynamicShape.reshape(scope.tf(), x, flat)), x);
  }

  private <T extends TFloating> Operand<T> image(Scope scope, Operand<T> x) {
    if (scope.training() && trainable()) {
      return byBatch(scope, x);
    }
    MovingAverages averages = new MovingAverages(scope, config);
    return scope.constant() && x.type().equals(TFloat32.class)
        ? averages.byConstants(x)
        : averages.byWeights(x);
  }

  private <T extends TFloating> Operand<T> byBatch(Scope scope, Operand<T> x) {
    Ops tf = scope.tf();
    MovingAverages averages = new MovingAverages(scope, config);
    FusedBatchNorm<T, TFloat32> fused =
        tf.nn.fusedBatchNorm(
            x,
            averages.gamma(x),
            averages.beta(x),
            tf.constant(new float[0]),
            tf.constant(new float[0]),
            FusedBatchNorm.isTraining(true),
            FusedBatchNorm.epsilon(config.get(EPSILON).floatValue()));
    remember(scope, "moving_mean", fused.batchMean());
    // TensorFlow gives the variance n / (n - 1) of the numbers that it stands for; Keras 3 does
    // not.
    Operand<TFloat32> size = tf.dtypes.cast(tf.size(x), TFloat32.class);
    Operand<TFloat32> count = tf.math.div(size, tf.constant((float) x.shape().get(3)));
    Operand<TFloat32> factor = tf.math.div(tf.math.sub(count, tf.constant(1f)), count);
    remember(scope, "moving_variance", tf.math.mul(fused.batchVariance(), factor));
    return fused.y();
  }

  /** By the mean and the variance of the steps that count. */
  private Operand<TFloat32> byUnmasked(Scope scope, Operand<TFloat32> x, int axis) {
    MaskedStatistics statistics =
        MaskedStatistics.of(scope.tf(), x, scope.mask().orElseThrow(), axis);
    remember(scope, "moving_mean", statistics.flatMean());
    remember(scope, "moving_variance", statistics.flatVariance());
    return statistics.normalized(scope, config, x);
  }

  private void remember(Scope scope, String weight, Operand<TFloat32> batch) {
    Ops tf = scope.tf();
    float momentum = config.get(MOMENTUM).floatValue();
    scope.update(
        weight,
        tf.math.add(
            tf.math.mul(scope.updated(weight), tf.constant(momentum)),
            tf.math.mul(batch, tf.constant(1 - momentum))));
  }

  @Override
  public Schema<BatchNormalization> schema() {
    return SCHEMA;
  }
}
