package kerava.layers;

import java.util.List;
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
import org.tensorflow.op.core.Stack;
import org.tensorflow.types.TFloat32;

/**
 * Changes the saturation of images at random in training: (batch, height, width, 3) → the same. A
 * factor f that is drawn for each image multiplies its saturation by f / (1 − f): 0 makes it gray,
 * 0.5 leaves it.
 *
 * <p>The same seed and step give the same images; outside training the images stay. No gradient
 * passes through it in training, so what comes before it cannot have weights to train.
 *
 * <p>As in Keras, a single factor f stands for −f to f, and it is the saturation, a number from 0
 * to 1, that is kept within {@code value_range}: with 0 to 255 colors may leave the pixels' range.
 *
 * @param config the arguments
 * @see <a
 *     href="https://keras.io/api/layers/preprocessing_layers/image_augmentation/random_saturation/">Keras:
 *     RandomSaturation</a>
 */
public record RandomSaturation(Config config)
    implements DrawnAugmentation<RandomSaturation>, ValueRangeArgument<RandomSaturation> {
  private static final float EPSILON = 1e-7f;
  private static final Key<Range> FACTOR = Key.required("factor", Range.factor(-1, 1));

  /** How the layer is written and read. */
  public static final Schema<RandomSaturation> SCHEMA =
      Layer.schema("RandomSaturation", RandomSaturation::new, FACTOR, VALUE_RANGE, SEED)
          .with(DataFormat.KEY, BoxFormat.KEY);

  /**
   * The layer.
   *
   * @param lower 0 makes images gray
   * @param upper 0.5 leaves images as they are, 1 makes all colors full; not below {@code lower}
   * @throws IllegalArgumentException if they do not meet −1 to 1
   */
  public static RandomSaturation of(double lower, double upper) {
    return new RandomSaturation(SCHEMA.config().with(FACTOR, new Range(lower, upper)));
  }

  @Override
  public Shape outputShape(Inputs inputs) {
    return Colors.rgb(inputs);
  }

  @Override
  public UnaryOperator<Operand<TFloat32>> drawn(Scope scope, Operand<TFloat32> x) {
    Ops tf = scope.tf();
    Operand<TFloat32> factor =
        new RandomNumbers(scope, config, x).uniform("factor", config.get(FACTOR));
    Operand<TFloat32> rest =
        tf.math.add(tf.math.sub(tf.constant(1f), factor), tf.constant(EPSILON));
    Operand<TFloat32> times =
        tf.reshape(tf.math.div(factor, rest), tf.constant(new int[] {-1, 1, 1}));
    return images -> saturated(tf, images, times);
  }

  private Operand<TFloat32> saturated(Ops tf, Operand<TFloat32> x, Operand<TFloat32> times) {
    Operand<TFloat32> hsv = tf.image.rgbToHsv(x);
    Operand<TFloat32> saturation =
        config.get(VALUE_RANGE).clip(tf, tf.math.mul(Colors.channel(tf, hsv, 1), times));
    return tf.image.hsvToRgb(
        tf.stack(
            List.of(Colors.channel(tf, hsv, 0), saturation, Colors.channel(tf, hsv, 2)),
            Stack.axis(-1L)));
  }

  @Override
  public Schema<RandomSaturation> schema() {
    return SCHEMA;
  }
}
