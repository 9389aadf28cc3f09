package kerava.layers;

import java.util.function.UnaryOperator;
import kerava.Layer;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import kerava.graph.Scope;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.math.Mean;
import org.tensorflow.types.TFloat32;

/**
 * Changes the contrast of images at random in training: (batch, height, width, channels) → the
 * same. Each channel moves away from its mean over the image, or towards it.
 *
 * <p>The same seed and step give the same images; outside training the images stay.
 *
 * @param config the arguments
 * @see <a
 *     href="https://keras.io/api/layers/preprocessing_layers/image_augmentation/random_contrast/">Keras:
 *     RandomContrast</a>
 */
public record RandomContrast(Config config)
    implements DrawnAugmentation<RandomContrast>, ValueRangeArgument<RandomContrast> {
  private static final Key<Range> FACTOR = Key.required("factor", Range.within(0, 1));
  // Keras 3.5 knows no such key and keeps to 0 to 255.
  private static final Key<Range> VALUE_RANGE = ValueRangeArgument.VALUE_RANGE.quiet();

  /** How the layer is written and read. */
  public static final Schema<RandomContrast> SCHEMA =
      Layer.schema("RandomContrast", RandomContrast::new, FACTOR, VALUE_RANGE, SEED)
          .with(DataFormat.LATER, BoxFormat.KEY);

  /**
   * The layer, which multiplies the distance from the mean by a number from 1 − lower to 1 + upper.
   *
   * @param lower from 0 to 1
   * @param upper from 0 to 1, not below {@code lower}, as in Keras
   * @throws IllegalArgumentException if one is not
   */
  public static RandomContrast of(double lower, double upper) {
    return new RandomContrast(SCHEMA.config().with(FACTOR, new Range(lower, upper)));
  }

  /** The same layer for pixels of other numbers, which the result is kept within; 0 to 255. */
  @Override
  public RandomContrast valueRange(double lower, double upper) {
    return new RandomContrast(config.with(VALUE_RANGE, new Range(lower, upper)));
  }

  @Override
  public UnaryOperator<Operand<TFloat32>> drawn(Scope scope, Operand<TFloat32> x) {
    Ops tf = scope.tf();
    Range factor = config.get(FACTOR);
    Operand<TFloat32> contrast =
        new RandomNumbers(scope, config, x)
            .uniform("contrast", new Range(1 - factor.lower(), 1 + factor.upper()));
    return images -> changed(tf, images, RandomNumbers.each(tf, contrast));
  }

  private Operand<TFloat32> changed(Ops tf, Operand<TFloat32> x, Operand<TFloat32> contrast) {
    Operand<TFloat32> mean = tf.math.mean(x, tf.constant(new int[] {1, 2}), Mean.keepDims(true));
    Operand<TFloat32> y = tf.math.add(tf.math.mul(tf.math.sub(x, mean), contrast), mean);
    return config.get(VALUE_RANGE).clip(tf, y);
  }

  @Override
  public Schema<RandomContrast> schema() {
    return SCHEMA;
  }
}
