package kerava.layers;

import java.util.Optional;
import kerava.Layer;
import kerava.config.Codec;
import kerava.config.Key;
import kerava.config.Schema;

/**
 * What Keras' poolings over windows of images take: {@code pool_size}, {@code strides} and {@code
 * padding}.
 *
 * @param <L> the class of the layer
 * @see <a href="https://keras.io/api/layers/pooling_layers/">Keras: pooling layers</a>
 */
public interface Pooling2DArguments<L extends Layer> extends Layer {
  /** The key of the window's size. */
  Key<Size2D> POOL_SIZE = Key.of("pool_size", Size2D.POSITIVE, Size2D.of(2));

  /** The key of the window's steps, its own size by default. */
  Key<Optional<Size2D>> STRIDES = Key.optional("strides", Size2D.POSITIVE);

  /** The key of what the window does at the border. */
  Key<Padding> PADDING = Key.of("padding", Codec.choice(Padding.class), Padding.VALID);

  @Override
  Schema<L> schema();

  /** The same layer with another window; (2, 2) by default. */
  default L poolSize(Size2D poolSize) {
    return schema().create(config().with(POOL_SIZE, poolSize));
  }

  /** The same layer with another step of the window; as large as the window by default. */
  default L strides(Size2D strides) {
    return schema().create(config().with(STRIDES, Optional.of(strides)));
  }

  /** The same layer with another padding; {@code VALID} by default. */
  default L padding(Padding padding) {
    return schema().create(config().with(PADDING, padding));
  }
}
