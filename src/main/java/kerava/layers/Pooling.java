package kerava.layers;

import java.util.Optional;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;

/** The arguments that poolings over windows have in common. */
final class Pooling {
  static final Key<Size2D> POOL_SIZE = Key.of("pool_size", Size2D.POSITIVE, Size2D.of(2));
  static final Key<Padding> PADDING = Key.of("padding", Codec.choice(Padding.class), Padding.VALID);
  static final Key<Optional<Size2D>> STRIDES = Key.optional("strides", Size2D.POSITIVE);
  static final Key<?>[] KEYS = {POOL_SIZE, PADDING, STRIDES, Keys.DATA_FORMAT};

  private Pooling() {}

  /** The window; it steps by its own size unless told otherwise. */
  static Window window(Config config) {
    Size2D size = config.get(POOL_SIZE);
    return new Window(size, config.get(STRIDES).orElse(size), config.get(PADDING));
  }
}
