package kerava.layers;

import java.util.Optional;
import kerava.Inputs;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;
import org.tensorflow.ndarray.Shape;

/** The arguments that poolings over windows have in common. */
final class Pooling {
  static final Key<Size2D> POOL_SIZE = Key.of("pool_size", Size2D.POSITIVE, Size2D.of(2));
  static final Key<Padding> PADDING = Key.of("padding", Codec.choice(Padding.class), Padding.VALID);
  static final Key<Optional<Size2D>> STRIDES = Key.optional("strides", Size2D.POSITIVE);
  static final Key<?>[] KEYS = {POOL_SIZE, PADDING, STRIDES, Keys.DATA_FORMAT};

  static final Key<Boolean> KEEPDIMS = Key.of("keepdims", Codec.bool(), false);

  private Pooling() {}

  /** What is left of images when each channel becomes one number. */
  static Shape globalShape(Config config, Inputs inputs) {
    Shape x = inputs.image();
    return config.get(KEEPDIMS) ? Shape.of(x.get(0), 1, 1, x.get(3)) : Shape.of(x.get(0), x.get(3));
  }

  /** The window; it steps by its own size unless told otherwise. */
  static Window window(Config config) {
    Size2D size = config.get(POOL_SIZE);
    return new Window(size, config.get(STRIDES).orElse(size), config.get(PADDING));
  }
}
