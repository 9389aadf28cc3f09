package kerava.layers;

import java.util.Arrays;
import java.util.List;
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
 * Sharpens or blurs images at random in training: (batch, height, width, channels) → the same. A
 * factor that is drawn for each image says how: 0 blurs, 0.5 leaves it, 1 sharpens.
 *
 * <p>The same seed and step give the same images; outside training the images stay. As in Keras,
 * what lies beyond the edges counts as 0.
 *
 * @param config the arguments
 * @see <a
 *     href="https://keras.io/api/layers/preprocessing_layers/image_augmentation/random_sharpness/">Keras:
 *     RandomSharpness</a>
 */
public record RandomSharpness(Config config)
    implements DrawnAugmentation<RandomSharpness>, ValueRangeArgument<RandomSharpness> {
  private static final Key<Range> FACTOR = Key.required("factor", Range.factor(0, 1));

  /** How the layer is written and read. */
  public static final Schema<RandomSharpness> SCHEMA =
      Layer.schema("RandomSharpness", RandomSharpness::new, FACTOR, VALUE_RANGE, SEED)
          .with(DataFormat.KEY, BoxFormat.KEY);

  /**
   * The layer.
   *
   * @param lower 0 blurs, 0.5 leaves the images
   * @param upper 1 sharpens; not below {@code lower}
   * @throws IllegalArgumentException if they do not meet 0 to 1
   */
  public static RandomSharpness of(double lower, double upper) {
    return new RandomSharpness(SCHEMA.config().with(FACTOR, new Range(lower, upper)));
  }

  @Override
  public UnaryOperator<Operand<TFloat32>> drawn(Scope scope, Operand<TFloat32> x) {
    Ops tf = scope.tf();
    Operand<TFloat32> factor =
        new RandomNumbers(scope, config, x).uniform("factor", config.get(FACTOR));
    Operand<TFloat32> share =
        tf.math.sub(tf.constant(1f), RandomNumbers.each(tf, tf.math.mul(factor, tf.constant(2f))));
    return images -> {
      Operand<TFloat32> away = tf.math.sub(smooth(tf, images), images);
      return config.get(VALUE_RANGE).clip(tf, tf.math.add(images, tf.math.mul(share, away)));
    };
  }

  /** Each pixel with its neighbours, of which its own counts five times. */
  private static Operand<TFloat32> smooth(Ops tf, Operand<TFloat32> images) {
    int channels = Math.toIntExact(images.shape().get(3));
    float[] kernel = new float[9 * channels];
    Arrays.fill(kernel, (float) (1.0 / 13));
    Arrays.fill(kernel, 4 * channels, 5 * channels, (float) (5.0 / 13));
    return tf.nn.depthwiseConv2dNative(
        images,
        tf.reshape(tf.constant(kernel), tf.constant(new int[] {3, 3, channels, 1})),
        List.of(1L, 1L, 1L, 1L),
        "SAME");
  }

  @Override
  public Schema<RandomSharpness> schema() {
    return SCHEMA;
  }
}
