package kerava.layers;

import kerava.Layer;
import kerava.config.Codec;
import kerava.config.Key;
import kerava.config.Schema;
import kerava.images.Interpolation;

/**
 * What Keras' layers that bend images take for pixels that stand between and beyond those of the
 * image: {@code fill_value} and {@code interpolation}.
 *
 * @param <L> the class of the layer
 * @see <a
 *     href="https://keras.io/api/layers/preprocessing_layers/image_augmentation/random_perspective/">Keras:
 *     RandomPerspective</a>
 */
public interface InterpolationArguments<L extends Layer> extends Layer {
  /** The key of the number that stands beyond the edges where nothing else does. */
  Key<Double> FILL_VALUE = Key.of("fill_value", Codec.number(), 0.0);

  /** The key of how pixels are computed. */
  Key<Interpolation> INTERPOLATION =
      Key.of(
          "interpolation",
          Codec.choice(Interpolation.class)
              .where("nearest or bilinear", InterpolationArguments::isSimple),
          Interpolation.BILINEAR);

  private static boolean isSimple(Interpolation interpolation) {
    return interpolation == Interpolation.NEAREST || interpolation == Interpolation.BILINEAR;
  }

  @Override
  Schema<L> schema();

  /** The same layer with another number beyond the edges, where nothing else is; 0 by default. */
  default L fillValue(double value) {
    return schema().create(config().with(FILL_VALUE, value));
  }

  /**
   * The same layer with another interpolation; {@code BILINEAR} by default.
   *
   * @throws IllegalArgumentException if it is neither {@code NEAREST} nor {@code BILINEAR}
   */
  default L interpolation(Interpolation interpolation) {
    return schema().create(config().with(INTERPOLATION, interpolation));
  }
}
