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
 * Turns the hue of images at random in training: (batch, height, width, 3) → the same. Each image's
 * hue moves one way or the other, by up to half a turn, and its colors are kept within the range.
 *
 * <p>The same seed and step give the same images; outside training the images stay. No gradient
 * passes through it in training, so what comes before it cannot have weights to train.
 *
 * @param config the arguments
 * @see <a
 *     href="https://keras.io/api/layers/preprocessing_layers/image_augmentation/random_hue/">Keras:
 *     RandomHue</a>
 */
public record RandomHue(Config config)
    implements DrawnAugmentation<RandomHue>, ValueRangeArgument<RandomHue> {
  private static final Range UNIT = new Range(0, 1);
  private static final Key<Range> FACTOR = Key.required("factor", Range.factor(0, 1));

  /** How the layer is written and read. */
  public static final Schema<RandomHue> SCHEMA =
      Layer.schema("RandomHue", RandomHue::new, FACTOR, VALUE_RANGE, SEED)
          .with(DataFormat.KEY, BoxFormat.KEY);

  /**
   * The layer.
   *
   * @param lower how far at least, in half turns
   * @param upper how far at most, not below {@code lower}
   * @throws IllegalArgumentException if they do not meet 0 to 1
   */
  public static RandomHue of(double lower, double upper) {
    return new RandomHue(SCHEMA.config().with(FACTOR, new Range(lower, upper)));
  }

  @Override
  public Shape outputShape(Inputs inputs) {
    return Colors.rgb(inputs);
  }

  @Override
  public UnaryOperator<Operand<TFloat32>> drawn(Scope scope, Operand<TFloat32> x) {
    Ops tf = scope.tf();
    RandomNumbers draws = new RandomNumbers(scope, config, x);
    Operand<TFloat32> way = draws.sign("invert");
    Operand<TFloat32> far = draws.uniform("factor", config.get(FACTOR));
    Operand<TFloat32> turn =
        tf.reshape(
            tf.math.mul(tf.math.mul(way, far), tf.constant(0.5f)),
            tf.constant(new int[] {-1, 1, 1}));
    return images -> turned(tf, images, turn);
  }

  private Operand<TFloat32> turned(Ops tf, Operand<TFloat32> x, Operand<TFloat32> turn) {
    Range values = config.get(VALUE_RANGE);
    Operand<TFloat32> hsv = tf.image.rgbToHsv(values.moved(tf, x, UNIT));
    Operand<TFloat32> one = tf.constant(1f);
    Operand<TFloat32> hue = tf.math.add(Colors.channel(tf, hsv, 0), turn);
    hue = tf.select(tf.math.greater(hue, one), tf.math.sub(hue, one), hue);
    hue = tf.select(tf.math.less(hue, tf.constant(0f)), tf.math.add(hue, one), hue);
    Operand<TFloat32> rgb =
        tf.image.hsvToRgb(
            tf.stack(
                List.of(hue, Colors.channel(tf, hsv, 1), Colors.channel(tf, hsv, 2)),
                Stack.axis(-1L)));
    return UNIT.moved(tf, UNIT.clip(tf, rgb), values);
  }

  @Override
  public Schema<RandomHue> schema() {
    return SCHEMA;
  }
}
