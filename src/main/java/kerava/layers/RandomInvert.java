package kerava.layers;

import java.util.function.UnaryOperator;
import kerava.Layer;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import kerava.graph.Scope;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;

/**
 * Makes negatives of images at random in training: (batch, height, width, channels) → the same.
 * What is inverted is the greatest number of {@code value_range} less the pixel, as in Keras also
 * where the least is not 0.
 *
 * <p>The same seed and step give the same images; outside training the images stay.
 *
 * @param config the arguments
 * @see <a
 *     href="https://keras.io/api/layers/preprocessing_layers/image_augmentation/random_invert/">Keras:
 *     RandomInvert</a>
 */
public record RandomInvert(Config config)
    implements DrawnAugmentation<RandomInvert>, ValueRangeArgument<RandomInvert> {
  private static final Key<Range> FACTOR = Key.of("factor", Range.factor(0, 1), new Range(0, 1));

  /** How the layer is written and read. */
  public static final Schema<RandomInvert> SCHEMA =
      Layer.schema("RandomInvert", RandomInvert::new, FACTOR, VALUE_RANGE, SEED)
          .with(DataFormat.KEY, BoxFormat.KEY);

  /** The layer with Keras' factor, 0 to 1, which inverts every other image on average. */
  public static RandomInvert of() {
    return new RandomInvert(SCHEMA.config());
  }

  /**
   * The same layer with another probability, itself drawn for each image; from 0 to 1 by default.
   *
   * @throws IllegalArgumentException if it does not meet 0 to 1
   */
  public RandomInvert factor(double lower, double upper) {
    return new RandomInvert(config.with(FACTOR, new Range(lower, upper)));
  }

  @Override
  public UnaryOperator<Operand<TFloat32>> drawn(Scope scope, Operand<TFloat32> x) {
    Ops tf = scope.tf();
    Operand<TBool> chosen =
        RandomNumbers.decided(tf, new RandomNumbers(scope, config, x).chosen(config.get(FACTOR)));
    Operand<TFloat32> most = tf.constant((float) config.get(VALUE_RANGE).upper());
    return images -> tf.select(chosen, tf.math.sub(most, images), images);
  }

  @Override
  public Schema<RandomInvert> schema() {
    return SCHEMA;
  }
}
