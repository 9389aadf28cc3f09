package kerava.layers;

import kerava.Layer;
import kerava.config.Codec;
import kerava.config.Key;
import kerava.config.Schema;

/**
 * What Keras' poolings over whole sequences, images and volumes take: {@code keepdims}.
 *
 * @param <L> the class of the layer
 * @see <a href="https://keras.io/api/layers/pooling_layers/">Keras: pooling layers</a>
 */
public interface GlobalPoolingArguments<L extends Layer> extends Layer {
  /** The key of whether the axes stay, with size 1. */
  Key<Boolean> KEEPDIMS = Key.of("keepdims", Codec.bool(), false);

  @Override
  Schema<L> schema();

  /** The same layer whose output keeps the axes with size 1, or not; not by default. */
  default L keepdims(boolean keepdims) {
    return schema().create(config().with(KEEPDIMS, keepdims));
  }
}
