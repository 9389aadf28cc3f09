package kerava.layers;

import java.util.Arrays;
import java.util.List;
import kerava.Inputs;
import kerava.Layer;
import kerava.UnaryLayer;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import kerava.graph.Array;
import kerava.graph.Scope;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * (x - mean) / √variance with given numbers, or the inverse of it: any shape → the same.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/preprocessing_layers/numerical/normalization/">Keras:
 *     Normalization</a>
 */
public record Normalization(Config config) implements UnaryLayer, PassesMask {
  private static final Codec<List<Double>> NUMBERS = Codec.oneOrMany(Codec.number());
  private static final Key<List<Integer>> AXIS =
      Key.of("axis", Codec.list(Codec.integer()), List.of(-1));
  private static final Key<Boolean> INVERT = Key.of("invert", Codec.bool(), false);
  private static final Key<List<Double>> MEAN = Key.required("mean", NUMBERS);
  private static final Key<List<Double>> VARIANCE =
      Key.required(
          "variance",
          NUMBERS.where(
              "numbers of at least 0",
              numbers -> numbers.stream().allMatch(number -> number >= 0)));

  /** What is divided by at least, as in Keras. */
  private static final double EPSILON = 1e-7;

  /** How the layer is written and read. */
  public static final Schema<Normalization> SCHEMA =
      Layer.schema("Normalization", Normalization::new, AXIS, INVERT, MEAN, VARIANCE);

  /** Checks that the numbers go together. */
  public Normalization {
    int means = config.get(MEAN).size();
    int variances = config.get(VARIANCE).size();
    if (means != variances) {
      throw new IllegalArgumentException(
          "Normalization variance: expected as many numbers as there are means, "
              + means
              + ", got "
              + variances
              + ".");
    }
  }

  /**
   * The layer with one mean and one variance for each place of the last axis.
   *
   * @throws IllegalArgumentException if they are not as many, or a variance is below 0
   */
  public static Normalization of(List<Double> mean, List<Double> variance) {
    return new Normalization(
        SCHEMA.config().with(MEAN, List.copyOf(mean)).with(VARIANCE, List.copyOf(variance)));
  }

  /** The layer with one mean and one variance for all numbers. */
  public static Normalization of(double mean, double variance) {
    return of(List.of(mean), List.of(variance)).along();
  }

  /**
   * The layer whose output has mean 0 and variance 1 at each place of the last axis over some
   * samples.
   *
   * @param samples (batch, ..., channels), numbers
   * @throws IllegalArgumentException if there are no numbers
   */
  public static Normalization adapt(Array samples) {
    return adapt(List.of(samples), -1);
  }

  /**
   * The layer whose output has mean 0 and variance 1 at each place along some axes, over samples
   * that come in batches.
   *
   * @param batches of shape (batch, ...), numbers, of the same sizes along the axes
   * @param axes the batch dimension being 0, and -1 the last; none for one mean of all numbers
   * @throws IllegalArgumentException if there are no numbers, or their shapes do not go together
   */
  public static Normalization adapt(Iterable<Array> batches, int... axes) {
    Moments moments = new Moments(Arrays.stream(axes).boxed().toList());
    batches.forEach(moments::add);
    if (moments.means().isEmpty()) {
      throw new IllegalArgumentException("Normalization: expected samples, got none.");
    }
    return of(moments.means(), moments.variances()).along(axes);
  }

  private <T> Normalization with(Key<T> key, T value) {
    return new Normalization(config.with(key, value));
  }

  /**
   * The same layer whose numbers lie along other axes, in row-major order; -1 by default. One
   * number alone is that of all places.
   */
  public Normalization along(int... axes) {
    return with(AXIS, Arrays.stream(axes).boxed().toList());
  }

  /** The same layer that computes x · √variance + mean, or not; not by default. */
  public Normalization invert(boolean invert) {
    return with(INVERT, invert);
  }

  @Override
  public boolean rescales() {
    return true;
  }

  @Override
  public Shape outputShape(Inputs inputs) {
    Shape x = inputs.single();
    config.get(AXIS).forEach(axis -> Axes.of(inputs, axis, x.numDimensions()));
    int count = config.get(MEAN).size();
    if (count != 1 && Shape.of(stretched(x)).size() != count) {
      throw inputs.refuse("as many numbers along " + config.get(AXIS) + " as means, " + count, "");
    }
    return x;
  }

  /** The shape of the numbers: 1 along axes that they do not lie along. */
  private long[] stretched(Shape x) {
    int rank = x.numDimensions();
    long[] sizes = new long[rank];
    Arrays.fill(sizes, 1);
    if (config.get(MEAN).size() == 1) {
      return sizes;
    }
    config.get(AXIS).forEach(axis -> sizes[Axes.of(axis, rank)] = x.get(Axes.of(axis, rank)));
    return sizes;
  }

  @Override
  public Operand<TFloat32> build(Scope scope, Operand<TFloat32> x) {
    Ops tf = scope.tf();
    Operand<TInt64> shape = tf.constant(stretched(x.shape()));
    List<Double> deviations =
        config.get(VARIANCE).stream().map(v -> Math.max(Math.sqrt(v), EPSILON)).toList();
    Operand<TFloat32> mean = tf.reshape(Constants.constant(tf, config.get(MEAN)), shape);
    Operand<TFloat32> deviation = tf.reshape(Constants.constant(tf, deviations), shape);
    return config.get(INVERT)
        ? tf.math.add(mean, tf.math.mul(x, deviation))
        : tf.math.div(tf.math.sub(x, mean), deviation);
  }

  @Override
  public Schema<Normalization> schema() {
    return SCHEMA;
  }
}
