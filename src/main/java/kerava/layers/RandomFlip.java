package kerava.layers;

import kerava.Layer;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import kerava.graph.Scope;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Mirrors images at random in training, each with probability ½: (batch, height, width, channels) →
 * the same.
 *
 * <p>The same seed and step give the same images; outside training the images stay.
 *
 * @param config the arguments
 * @see <a
 *     href="https://keras.io/api/layers/preprocessing_layers/image_augmentation/random_flip/">Keras:
 *     RandomFlip</a>
 */
public record RandomFlip(Config config) implements ImageAugmentation<RandomFlip> {
  private static final Key<FlipMode> MODE =
      Key.of("mode", Codec.choice(FlipMode.class), FlipMode.HORIZONTAL_AND_VERTICAL);

  /** How the layer is written and read. */
  public static final Schema<RandomFlip> SCHEMA =
      Layer.schema("RandomFlip", RandomFlip::new, SEED, MODE).with(DataFormat.LATER, BoxFormat.KEY);

  /**
   * The layer.
   *
   * @param mode how images are mirrored; with both ways, one draw decides on both, as in Keras
   */
  public static RandomFlip of(FlipMode mode) {
    return new RandomFlip(SCHEMA.config().with(MODE, mode));
  }

  @Override
  public Operand<TFloat32> augment(Scope scope, Operand<TFloat32> x) {
    Ops tf = scope.tf();
    Operand<TFloat32> draw = new RandomNumbers(scope, config, x).uniform("flip", new Range(0, 1));
    return tf.select(
        RandomNumbers.decided(tf, tf.math.less(draw, tf.constant(0.5f))),
        tf.reverse(x, tf.constant(axes())),
        x);
  }

  private int[] axes() {
    return switch (config.get(MODE)) {
      case VERTICAL -> new int[] {1};
      case HORIZONTAL -> new int[] {2};
      case HORIZONTAL_AND_VERTICAL -> new int[] {1, 2};
    };
  }

  @Override
  public Schema<RandomFlip> schema() {
    return SCHEMA;
  }
}
