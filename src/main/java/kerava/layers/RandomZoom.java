package kerava.layers;

import java.util.List;
import java.util.Optional;
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
 * Makes images smaller or larger at random in training: (batch, height, width, channels) → the
 * same.
 *
 * <p>The same seed and step give the same images; outside training the images stay. No gradient
 * passes through it in training, so what comes before it cannot have weights to train.
 *
 * <p>By default what lies beyond the edges is reflected, pixels are interpolated bilinearly, and
 * there is no seed beside the training's.
 *
 * @param config the arguments
 * @see <a
 *     href="https://keras.io/api/layers/preprocessing_layers/image_augmentation/random_zoom/">Keras:
 *     RandomZoom</a>
 */
public record RandomZoom(Config config)
    implements ImageAugmentation<RandomZoom>, FillArguments<RandomZoom> {
  // A single 1 stands for -1 to 1, which Keras takes though it refuses -1.
  private static final Codec<Range> ZOOM =
      Range.shortlyWithin(-1, 1)
          .where(
              "a number or two, above -1 and up to 1",
              range -> range.lower() > -1 || range.upper() == 1);
  private static final Key<Range> HEIGHT_FACTOR = Key.required("height_factor", ZOOM);
  private static final Key<Optional<Range>> WIDTH_FACTOR = Key.optional("width_factor", ZOOM);

  /** How the layer is written and read. */
  public static final Schema<RandomZoom> SCHEMA =
      Layer.schema("RandomZoom", RandomZoom::new, HEIGHT_FACTOR, WIDTH_FACTOR)
          .with(FILL_MODE, INTERPOLATION, SEED, FILL_VALUE, DataFormat.KEY, BoxFormat.KEY);

  /**
   * The layer that zooms in and out alike and keeps the proportions.
   *
   * @param factor by how much at most: 0.2 shows 0.8 to 1.2 times as much of the scene
   * @throws IllegalArgumentException if it is beyond −1 to 1
   */
  public static RandomZoom of(double factor) {
    return of(Range.around(factor));
  }

  /**
   * The layer that keeps the proportions.
   *
   * @param factor by how much; positive zooms out, negative in
   * @throws IllegalArgumentException if it goes beyond −1 to 1
   */
  public static RandomZoom of(Range factor) {
    return new RandomZoom(SCHEMA.config().with(HEIGHT_FACTOR, factor));
  }

  /** The same layer with a zoom of its own along the width; that of the height by default. */
  public RandomZoom width(Range factor) {
    return new RandomZoom(config.with(WIDTH_FACTOR, Optional.of(factor)));
  }

  @Override
  public Operand<TFloat32> augment(Scope scope, Operand<TFloat32> x) {
    RandomNumbers draws = new RandomNumbers(scope, config, x);
    Warp warp = new Warp(scope, config, x);
    Operand<TFloat32> down = draws.uniform("height", config.get(HEIGHT_FACTOR).plusOne());
    Operand<TFloat32> right =
        config.get(WIDTH_FACTOR).map(range -> draws.uniform("width", range.plusOne())).orElse(down);
    Operand<TFloat32> zero = scope.tf().zerosLike(down);
    return warp.build(
        List.of(right, zero, offset(scope.tf(), warp.middle(warp.width()), right)),
        List.of(zero, down, offset(scope.tf(), warp.middle(warp.height()), down)));
  }

  private static Operand<TFloat32> offset(
      Ops tf, Operand<TFloat32> middle, Operand<TFloat32> zoom) {
    return tf.math.mul(middle, tf.math.sub(tf.constant(1f), zoom));
  }

  @Override
  public Schema<RandomZoom> schema() {
    return SCHEMA;
  }
}
