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
 * Makes images brighter or darker at random in training: (batch, height, width, channels) → the
 * same.
 *
 * <p>The same seed and step give the same images; outside training the images stay.
 *
 * @param config the arguments
 * @see <a
 *     href="https://keras.io/api/layers/preprocessing_layers/image_augmentation/random_brightness/">Keras:
 *     RandomBrightness</a>
 */
public record RandomBrightness(Config config)
    implements DrawnAugmentation<RandomBrightness>, ValueRangeArgument<RandomBrightness> {
  private static final Key<Range> FACTOR = Key.required("factor", Range.within(-1, 1));

  /** How the layer is written and read. */
  public static final Schema<RandomBrightness> SCHEMA =
      Layer.schema("RandomBrightness", RandomBrightness::new, FACTOR, VALUE_RANGE, SEED)
          .with(DataFormat.LATER, BoxFormat.KEY);

  /**
   * The layer that makes brighter and darker alike.
   *
   * @param factor how much at most is added, as a part of the pixels' range
   * @throws IllegalArgumentException if it is beyond −1 to 1
   */
  public static RandomBrightness of(double factor) {
    return of(Range.around(factor));
  }

  /**
   * The layer.
   *
   * @param factor what is added, as a part of the pixels' range
   * @throws IllegalArgumentException if it goes beyond −1 to 1
   */
  public static RandomBrightness of(Range factor) {
    return new RandomBrightness(SCHEMA.config().with(FACTOR, factor));
  }

  @Override
  public UnaryOperator<Operand<TFloat32>> drawn(Scope scope, Operand<TFloat32> x) {
    Ops tf = scope.tf();
    Range values = config.get(VALUE_RANGE);
    Operand<TFloat32> draw =
        new RandomNumbers(scope, config, x).uniform("brightness", config.get(FACTOR));
    Operand<TFloat32> added =
        tf.math.mul(draw, tf.constant((float) (values.upper() - values.lower())));
    return images -> values.clip(tf, tf.math.add(images, RandomNumbers.each(tf, added)));
  }

  @Override
  public Schema<RandomBrightness> schema() {
    return SCHEMA;
  }
}
