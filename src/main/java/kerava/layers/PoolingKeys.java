package kerava.layers;

import java.util.List;
import java.util.Optional;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;

/**
 * The keys of what Keras' poolings take for their window, over one axis, two or three.
 *
 * @param <S> the class of the window's size
 * @see <a href="https://keras.io/api/layers/pooling_layers/">Keras: pooling layers</a>
 */
public final class PoolingKeys<S extends Size> {
  /** For sequences. */
  public static final PoolingKeys<Size1D> ONE = new PoolingKeys<>(Sizes.ONE);

  /** For images. */
  public static final PoolingKeys<Size2D> TWO = new PoolingKeys<>(Sizes.TWO);

  /** For volumes. */
  public static final PoolingKeys<Size3D> THREE = new PoolingKeys<>(Sizes.THREE);

  private final Sizes<S> sizes;
  private final Key<S> poolSize;
  private final Key<Optional<S>> strides;
  private final Key<Padding> padding;

  private PoolingKeys(Sizes<S> sizes) {
    this.sizes = sizes;
    this.poolSize = Key.of("pool_size", sizes.atLeast(1), sizes.all(2));
    this.strides = Key.optional("strides", sizes.atLeast(1));
    this.padding =
        Key.of("padding", Codec.choice(List.of(Padding.VALID, Padding.SAME)), Padding.VALID);
  }

  /** The key of the window's size. */
  public Key<S> poolSize() {
    return poolSize;
  }

  /** The key of the window's steps, its own size by default. */
  public Key<Optional<S>> strides() {
    return strides;
  }

  /** The key of what the window does at the border. */
  public Key<Padding> padding() {
    return padding;
  }

  Sizes<S> sizes() {
    return sizes;
  }

  /** The window that a config describes; it steps by its own size unless told otherwise. */
  Window window(Config config) {
    S size = config.get(poolSize);
    return new Window(size, sizes.all(1), config.get(strides).orElse(size), config.get(padding));
  }
}
