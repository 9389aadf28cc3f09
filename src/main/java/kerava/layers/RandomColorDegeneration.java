package kerava.layers;

import java.util.function.UnaryOperator;
import kerava.Inputs;
import kerava.Layer;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import kerava.graph.Scope;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Takes colors out of images at random in training: (batch, height, width, 3) → the same. A share
 * that is drawn for each image becomes gray; the result is kept within the pixels' range.
 *
 * <p>The same seed and step give the same images; outside training the images stay. As in Keras, a
 * single factor f stands for −f to f, and negative shares make colors stronger.
 *
 * @param config the arguments
 * @see <a
 *     href="https://keras.io/api/layers/preprocessing_layers/image_augmentation/random_color_degeneration/">Keras:
 *     RandomColorDegeneration</a>
 */
public record RandomColorDegeneration(Config config)
    implements DrawnAugmentation<RandomColorDegeneration>,
        ValueRangeArgument<RandomColorDegeneration> {
  private static final Key<Range> FACTOR = Key.required("factor", Range.factor(-1, 1));

  /** How the layer is written and read. */
  public static final Schema<RandomColorDegeneration> SCHEMA =
      Layer.schema(
              "RandomColorDegeneration", RandomColorDegeneration::new, FACTOR, VALUE_RANGE, SEED)
          .with(DataFormat.KEY, BoxFormat.KEY);

  /**
   * The layer.
   *
   * @param lower 0 leaves the colors, 1 takes them
   * @param upper not below {@code lower}
   * @throws IllegalArgumentException if they do not meet −1 to 1
   */
  public static RandomColorDegeneration of(double lower, double upper) {
    return new RandomColorDegeneration(SCHEMA.config().with(FACTOR, new Range(lower, upper)));
  }

  @Override
  public Shape outputShape(Inputs inputs) {
    return Colors.rgb(inputs);
  }

  @Override
  public UnaryOperator<Operand<TFloat32>> drawn(Scope scope, Operand<TFloat32> x) {
    Ops tf = scope.tf();
    Operand<TFloat32> share =
        RandomNumbers.each(
            tf, new RandomNumbers(scope, config, x).uniform("factor", config.get(FACTOR)));
    return images -> {
      Operand<TFloat32> away = tf.math.sub(Colors.gray(tf, images), images);
      return config.get(VALUE_RANGE).clip(tf, tf.math.add(images, tf.math.mul(share, away)));
    };
  }

  @Override
  public Schema<RandomColorDegeneration> schema() {
    return SCHEMA;
  }
}
