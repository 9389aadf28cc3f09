package kerava.layers;

import java.util.function.UnaryOperator;
import kerava.Layer;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import kerava.graph.Scope;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Adds to the pixels of images and inverts the bright ones in training: (batch, height, width,
 * channels) → the same. What is added and from where on pixels are inverted is drawn for each
 * image.
 *
 * <p>The same seed and step give the same images; outside training the images stay. As in Keras,
 * only the upper number of a factor is a part of 255; the lower one is a number of the range 0 to
 * 255 itself.
 *
 * @param config the arguments
 * @see <a
 *     href="https://keras.io/api/layers/preprocessing_layers/image_augmentation/solarization/">Keras:
 *     Solarization</a>
 */
public record Solarization(Config config)
    implements DrawnAugmentation<Solarization>, ValueRangeArgument<Solarization> {
  private static final int WHITE = 255;
  private static final Range NONE = new Range(0, 0);
  private static final Key<Range> ADDITION_FACTOR =
      Key.of("addition_factor", Range.within(0, 1), NONE);
  private static final Key<Range> THRESHOLD_FACTOR =
      Key.of("threshold_factor", Range.within(0, 1), NONE);

  /** How the layer is written and read. */
  public static final Schema<Solarization> SCHEMA =
      Layer.schema("Solarization", Solarization::new, VALUE_RANGE)
          .with(ADDITION_FACTOR, THRESHOLD_FACTOR, SEED, DataFormat.KEY, BoxFormat.KEY);

  /** The layer with Keras' defaults, which adds nothing and inverts every pixel. */
  public static Solarization of() {
    return new Solarization(SCHEMA.config());
  }

  /**
   * The same layer that adds to the pixels; it adds nothing by default.
   *
   * @param lower from 0 to 1, a number of the range 0 to 255
   * @param upper from 0 to 1, a part of 255
   * @throws IllegalArgumentException if one is beyond 0 to 1
   */
  public Solarization additionFactor(double lower, double upper) {
    return new Solarization(config.with(ADDITION_FACTOR, new Range(lower, upper)));
  }

  /**
   * The same layer that inverts pixels from a number on; from 0 by default.
   *
   * @param lower from 0 to 1, a number of the range 0 to 255
   * @param upper from 0 to 1, a part of 255
   * @throws IllegalArgumentException if one is beyond 0 to 1
   */
  public Solarization thresholdFactor(double lower, double upper) {
    return new Solarization(config.with(THRESHOLD_FACTOR, new Range(lower, upper)));
  }

  @Override
  public UnaryOperator<Operand<TFloat32>> drawn(Scope scope, Operand<TFloat32> x) {
    Ops tf = scope.tf();
    RandomNumbers draws = new RandomNumbers(scope, config, x);
    Operand<TFloat32> added = drawn(draws, "additions", config.get(ADDITION_FACTOR));
    Operand<TFloat32> threshold = drawn(draws, "thresholds", config.get(THRESHOLD_FACTOR));
    return images -> {
      Range values = config.get(VALUE_RANGE);
      Operand<TFloat32> pixels = values.moved(tf, images, Range.PIXELS);
      Operand<TFloat32> bright = Range.PIXELS.clip(tf, tf.math.add(pixels, added));
      Operand<TFloat32> inverted = tf.math.sub(tf.constant((float) WHITE), bright);
      return Range.PIXELS.moved(
          tf, tf.select(tf.math.less(bright, threshold), bright, inverted), values);
    };
  }

  private static Operand<TFloat32> drawn(RandomNumbers draws, String what, Range factor) {
    double most = factor.upper() * WHITE;
    // Keras' range may go downwards: from 0.9 to 0.001 of 255, say.
    Operand<TFloat32> number =
        factor.lower() <= most
            ? draws.uniform(what, new Range(factor.lower(), most))
            : draws.uniform(what, new Range(most, factor.lower()));
    return RandomNumbers.each(draws.scope().tf(), number);
  }

  @Override
  public Schema<Solarization> schema() {
    return SCHEMA;
  }
}
