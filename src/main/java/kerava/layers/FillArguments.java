package kerava.layers;

import kerava.Layer;
import kerava.config.Codec;
import kerava.config.Key;
import kerava.config.Schema;

/**
 * What Keras' layers that move, turn and zoom images take for pixels that stand between and beyond
 * those of the image: {@code fill_mode}, {@code fill_value} and {@code interpolation}.
 *
 * @param <L> the class of the layer
 * @see <a
 *     href="https://keras.io/api/layers/preprocessing_layers/image_augmentation/random_rotation/">Keras:
 *     RandomRotation</a>
 */
public interface FillArguments<L extends Layer> extends InterpolationArguments<L> {
  /** The key of what stands beyond the edges. */
  Key<FillMode> FILL_MODE = Key.of("fill_mode", Codec.choice(FillMode.class), FillMode.REFLECT);

  @Override
  Schema<L> schema();

  /**
   * The same layer with other pixels beyond the edges; {@code REFLECT} by default, and {@code
   * CONSTANT} for the {@link #fillValue}.
   */
  default L fillMode(FillMode mode) {
    return schema().create(config().with(FILL_MODE, mode));
  }
}
