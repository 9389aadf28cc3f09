package kerava.layers;

import kerava.Layer;
import kerava.config.Codec;
import kerava.config.Key;
import kerava.config.Schema;

/**
 * What Keras' poolings over whole images take: {@code keepdims}.
 *
 * @param <L> the class of the layer
 * @see <a href="https://keras.io/api/layers/pooling_layers/">Keras: pooling layers</a>
 */
public interface GlobalPooling2DArguments<L extends Layer> extends Layer {
  /** The key of whether height and width stay, as 1. */
  Key<Boolean> KEEPDIMS = Key.of("keepdims", Codec.bool(), false);

  @Override
  Schema<L> schema();

  /** The same layer whose output is (batch, 1, 1, channels), or not; not by default. */
  default L keepdims(boolean keepdims) {
    return schema().create(config().with(KEEPDIMS, keepdims));
  }
}
