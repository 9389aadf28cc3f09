package kerava.layers;

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
 * Moves images at random in training: (batch, height, width, channels) → the same.
 *
 * <p>To pad by 4 pixels and crop, as networks for CIFAR-10 are trained: {@code
 * RandomTranslation.of(4.5 / 32, 4.5 / 32).fillMode(CONSTANT).interpolation(NEAREST)}, which moves
 * by whole pixels, −4 to 4 equally often.
 *
 * <p>The same seed and step give the same images; outside training the images stay. No gradient
 * passes through it in training, so what comes before it cannot have weights to train.
 *
 * <p>By default what lies beyond the edges is reflected, pixels are interpolated bilinearly, and
 * there is no seed beside the training's.
 *
 * @param config the arguments
 * @see <a
 *     href="https://keras.io/api/layers/preprocessing_layers/image_augmentation/random_translation/">Keras:
 *     RandomTranslation</a>
 */
public record RandomTranslation(Config config)
    implements DrawnAugmentation<RandomTranslation>, FillArguments<RandomTranslation> {
  private static final Key<Range> HEIGHT_FACTOR =
      Key.required("height_factor", Range.shortlyWithin(-1, 1));
  private static final Key<Range> WIDTH_FACTOR =
      Key.required("width_factor", Range.shortlyWithin(-1, 1));

  /** How the layer is written and read. */
  public static final Schema<RandomTranslation> SCHEMA =
      Layer.schema("RandomTranslation", RandomTranslation::new, HEIGHT_FACTOR, WIDTH_FACTOR)
          .with(FILL_MODE, INTERPOLATION, SEED, FILL_VALUE, DataFormat.KEY, BoxFormat.KEY);

  /**
   * The layer that moves both ways alike.
   *
   * @param height how far at most up or down, as a part of the height
   * @param width how far at most to the left or right, as a part of the width
   * @throws IllegalArgumentException if one is beyond −1 to 1
   */
  public static RandomTranslation of(double height, double width) {
    return of(Range.around(height), Range.around(width));
  }

  /**
   * The layer.
   *
   * @param height how far down, as a part of the height; negative is up
   * @param width how far to the right, as a part of the width; negative is to the left
   * @throws IllegalArgumentException if one goes beyond −1 to 1
   */
  public static RandomTranslation of(Range height, Range width) {
    return new RandomTranslation(
        SCHEMA.config().with(HEIGHT_FACTOR, height).with(WIDTH_FACTOR, width));
  }

  @Override
  public UnaryOperator<Operand<TFloat32>> drawn(Scope scope, Operand<TFloat32> x) {
    Ops tf = scope.tf();
    RandomNumbers draws = new RandomNumbers(scope, config, x);
    Warp warp = new Warp(scope, config, x);
    Operand<TFloat32> down =
        tf.math.mul(draws.uniform("height", config.get(HEIGHT_FACTOR)), warp.height());
    Operand<TFloat32> right =
        tf.math.mul(draws.uniform("width", config.get(WIDTH_FACTOR)), warp.width());
    Operand<TFloat32> one = tf.onesLike(down);
    Operand<TFloat32> zero = tf.zerosLike(down);
    return images ->
        new Warp(scope, config, images)
            .build(List.of(one, zero, tf.math.neg(right)), List.of(zero, one, tf.math.neg(down)));
  }

  @Override
  public Schema<RandomTranslation> schema() {
    return SCHEMA;
  }
}
