package kerava.layers;

import kerava.Layer;
import kerava.config.Key;
import kerava.config.Schema;

/**
 * Between which numbers the pixels lie: {@code value_range}.
 *
 * @param <L> the class of the layer
 * @see <a href="https://keras.io/api/layers/preprocessing_layers/image_augmentation/">Keras: image
 *     augmentation layers</a>
 */
public interface ValueRangeArgument<L extends Layer> extends Layer {
  /** The key of the least and the greatest number of a pixel. */
  Key<Range> VALUE_RANGE = Key.of("value_range", Range.RISING, Range.PIXELS);

  @Override
  Schema<L> schema();

  /** The same layer for pixels of other numbers; 0 to 255 by default. */
  default L valueRange(double lower, double upper) {
    return schema().create(config().with(VALUE_RANGE, new Range(lower, upper)));
  }
}
