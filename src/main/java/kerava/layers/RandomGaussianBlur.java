package kerava.layers;

import java.util.function.UnaryOperator;
import kerava.Layer;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import kerava.graph.Scope;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;

/**
 * Blurs images at random in training: (batch, height, width, channels) → the same. Which images is
 * drawn for each, how much once for the batch; the result is kept within the pixels' range.
 *
 * <p>The same seed and step give the same images; outside training the images stay. As in Keras,
 * what lies beyond the edges counts as 0, and a kernel whose height and width differ is not
 * symmetric.
 *
 * @param config the arguments
 * @see <a
 *     href="https://keras.io/api/layers/preprocessing_layers/image_augmentation/random_gaussian_blur/">Keras:
 *     RandomGaussianBlur</a>
 */
public record RandomGaussianBlur(Config config)
    implements DrawnAugmentation<RandomGaussianBlur>, ValueRangeArgument<RandomGaussianBlur> {
  private static final Key<Range> FACTOR = Key.of("factor", Range.factor(0, 1), new Range(0, 1));
  private static final Key<Size2D> KERNEL_SIZE =
      Key.of(
          "kernel_size",
          Sizes.TWO
              .atLeast(1)
              .where(
                  "one odd number or two", size -> size.height() % 2 == 1 && size.width() % 2 == 1),
          Size2D.of(3));
  private static final Key<Range> SIGMA = Key.of("sigma", Range.factor(0, 1), new Range(0, 1));

  /** How the layer is written and read. */
  public static final Schema<RandomGaussianBlur> SCHEMA =
      Layer.schema("RandomGaussianBlur", RandomGaussianBlur::new, FACTOR, KERNEL_SIZE, SIGMA)
          .with(VALUE_RANGE, SEED, DataFormat.KEY, BoxFormat.KEY);

  /** The layer with Keras' defaults, which blurs every other image on average. */
  public static RandomGaussianBlur of() {
    return new RandomGaussianBlur(SCHEMA.config());
  }

  /**
   * The same layer with another probability, itself drawn for each image; from 0 to 1 by default.
   *
   * @throws IllegalArgumentException if it does not meet 0 to 1
   */
  public RandomGaussianBlur factor(double lower, double upper) {
    return new RandomGaussianBlur(config.with(FACTOR, new Range(lower, upper)));
  }

  /**
   * The same layer with another kernel; 3 by 3 by default.
   *
   * @param height in pixels, odd
   * @param width in pixels, odd
   * @throws IllegalArgumentException if one is not odd
   */
  public RandomGaussianBlur kernelSize(int height, int width) {
    return new RandomGaussianBlur(config.with(KERNEL_SIZE, new Size2D(height, width)));
  }

  /**
   * The same layer with other deviations, in pixels, drawn for each axis; 0 to 1 by default.
   *
   * @throws IllegalArgumentException if they do not meet 0 to 1
   */
  public RandomGaussianBlur sigma(double lower, double upper) {
    return new RandomGaussianBlur(config.with(SIGMA, new Range(lower, upper)));
  }

  @Override
  public UnaryOperator<Operand<TFloat32>> drawn(Scope scope, Operand<TFloat32> x) {
    Ops tf = scope.tf();
    RandomNumbers draws = new RandomNumbers(scope, config, x);
    Operand<TBool> chosen = RandomNumbers.decided(tf, draws.chosen(config.get(FACTOR)));
    // As in Keras, so that a deviation of 0 blurs nothing.
    Operand<TFloat32> sigma =
        tf.math.add(draws.uniform("sigma", config.get(SIGMA), Shape.of(2)), tf.constant(1e-6f));
    return images ->
        config.get(VALUE_RANGE).clip(tf, tf.select(chosen, blurred(tf, images, sigma), images));
  }

  private Operand<TFloat32> blurred(Ops tf, Operand<TFloat32> images, Operand<TFloat32> sigma) {
    Size2D size = config.get(KERNEL_SIZE);
    return new GaussianBlur(tf, images)
        .build(
            bell(tf, size.height(), sigma, 0),
            bell(tf, size.width(), sigma, 1),
            tf.constant(new int[] {size.height(), size.width()}));
  }

  private static Operand<TFloat32> bell(Ops tf, int size, Operand<TFloat32> sigma, int axis) {
    return GaussianBlur.bell(
        tf, tf.constant(size), tf.gather(sigma, tf.constant(axis), tf.constant(0)));
  }

  @Override
  public Schema<RandomGaussianBlur> schema() {
    return SCHEMA;
  }
}
