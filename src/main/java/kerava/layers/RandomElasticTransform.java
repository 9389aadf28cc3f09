package kerava.layers;

import java.util.function.UnaryOperator;
import kerava.Inputs;
import kerava.Layer;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import kerava.graph.Scope;
import kerava.images.Interpolation;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Shows images as if under moving water at random in training: (batch, height, width, channels) →
 * the same. Which images is drawn for each, how strongly once for the batch; the result is kept
 * within the pixels' range.
 *
 * <p>The same seed and step give the same images; outside training the images stay. As in Keras,
 * pixels move along the diagonal only, because both axes are drawn with one seed. Where Keras does
 * not know the size of a batch, as in {@code fit}, it gives all images the first one's pixels; here
 * each keeps its own.
 *
 * <p>By default what lies beyond the edges is reflected and pixels are interpolated bilinearly.
 *
 * @param config the arguments
 * @see <a
 *     href="https://keras.io/api/layers/preprocessing_layers/image_augmentation/random_elastic_transform/">Keras:
 *     RandomElasticTransform</a>
 */
public record RandomElasticTransform(Config config)
    implements DrawnAugmentation<RandomElasticTransform>,
        FillArguments<RandomElasticTransform>,
        ValueRangeArgument<RandomElasticTransform> {
  private static final Key<Range> FACTOR = Key.of("factor", Range.factor(0, 1), new Range(0, 1));
  private static final Key<Range> SCALE = Key.of("scale", Range.factor(0, 1), new Range(0, 1));

  /** How the layer is written and read. */
  public static final Schema<RandomElasticTransform> SCHEMA =
      Layer.schema("RandomElasticTransform", RandomElasticTransform::new, FACTOR, SCALE)
          .with(INTERPOLATION, FILL_MODE, FILL_VALUE, VALUE_RANGE)
          .with(SEED, DataFormat.KEY, BoxFormat.KEY);

  /** The layer with Keras' defaults, which changes every other image on average. */
  public static RandomElasticTransform of() {
    return new RandomElasticTransform(SCHEMA.config());
  }

  /**
   * The same layer with another probability, itself drawn for each image; from 0 to 1 by default.
   *
   * @throws IllegalArgumentException if it does not meet 0 to 1
   */
  public RandomElasticTransform factor(double lower, double upper) {
    return new RandomElasticTransform(config.with(FACTOR, new Range(lower, upper)));
  }

  /**
   * The same layer that moves pixels by more or less; from 0 to 1 by default.
   *
   * @throws IllegalArgumentException if it does not meet 0 to 1
   */
  public RandomElasticTransform scale(double lower, double upper) {
    return new RandomElasticTransform(config.with(SCALE, new Range(lower, upper)));
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException also if the images' size is not known
   */
  @Override
  public Shape outputShape(Inputs inputs) {
    Shape x = inputs.image();
    if (x.get(1) == Shape.UNKNOWN_SIZE || x.get(2) == Shape.UNKNOWN_SIZE) {
      throw inputs.refuse("images of a known size", "Does a Resizing belong before it?");
    }
    return x;
  }

  @Override
  public UnaryOperator<Operand<TFloat32>> drawn(Scope scope, Operand<TFloat32> x) {
    if (config.get(SCALE).upper() == 0 || config.get(FACTOR).upper() == 0) {
      return UnaryOperator.identity();
    }
    Ops tf = scope.tf();
    RandomNumbers draws = new RandomNumbers(scope, config, x);
    Operand<TBool> chosen = RandomNumbers.decided(tf, draws.chosen(config.get(FACTOR)));
    Operand<TFloat32> scale = draws.uniform("scale", config.get(SCALE), Shape.scalar());
    Shape shape = x.shape();
    Operand<TFloat32> noise =
        draws.normal("noise", Shape.of(shape.get(0), shape.get(1), shape.get(2)));
    Operand<TFloat32> move = move(tf, shape, noise, scale);
    return images ->
        config.get(VALUE_RANGE).clip(tf, tf.select(chosen, sampled(tf, images, move), images));
  }

  /** By how much each pixel moves along both axes, in pixels: (batch, height, width). */
  private static Operand<TFloat32> move(
      Ops tf, Shape shape, Operand<TFloat32> noise, Operand<TFloat32> scale) {
    Operand<TFloat32> shortest = tf.constant((float) Math.min(shape.get(1), shape.get(2)));
    Operand<TFloat32> longest = tf.constant((float) Math.max(shape.get(1), shape.get(2)));
    Operand<TFloat32> sigma = tf.math.mul(shortest, tf.math.mul(tf.constant(0.05f), scale));
    Operand<TFloat32> alpha = tf.math.mul(longest, tf.math.mul(tf.constant(0.1f), scale));
    Operand<TInt32> size =
        tf.math.add(
            tf.math.mul(tf.constant(6), tf.dtypes.cast(sigma, TInt32.class)), tf.constant(1));
    Operand<TFloat32> bell = GaussianBlur.bell(tf, size, sigma);
    Operand<TFloat32> one = tf.expandDims(tf.math.mul(noise, sigma), tf.constant(3));
    Operand<TFloat32> smooth =
        new GaussianBlur(tf, one).build(bell, bell, tf.stack(java.util.List.of(size, size)));
    return tf.math.mul(
        alpha, tf.squeeze(smooth, org.tensorflow.op.core.Squeeze.axis(java.util.List.of(3L))));
  }

  private Operand<TFloat32> sampled(Ops tf, Operand<TFloat32> images, Operand<TFloat32> move) {
    Sampling sampling =
        new Sampling(tf, images, config.get(FILL_MODE), config.get(FILL_VALUE).floatValue());
    Operand<TFloat32> rows = tf.math.add(places(tf, images, 1), move);
    Operand<TFloat32> columns = tf.math.add(places(tf, images, 2), move);
    return config.get(INTERPOLATION) == Interpolation.NEAREST
        ? sampling.nearest(rows, columns)
        : sampling.bilinear(rows, columns);
  }

  /** The numbers of the rows or columns in a shape that goes with (batch, height, width). */
  private static Operand<TFloat32> places(Ops tf, Operand<TFloat32> images, int axis) {
    int[] shape = {1, 1, 1};
    shape[axis] = Math.toIntExact(images.shape().get(axis));
    Operand<TInt32> numbers = tf.range(tf.constant(0), tf.constant(shape[axis]), tf.constant(1));
    return tf.reshape(tf.dtypes.cast(numbers, TFloat32.class), tf.constant(shape));
  }

  @Override
  public Schema<RandomElasticTransform> schema() {
    return SCHEMA;
  }
}
