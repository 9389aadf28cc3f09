package kerava.layers;

import kerava.Inputs;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;
import org.tensorflow.ndarray.Shape;

/** The {@code height} and {@code width} that layers bring images to. */
final class TargetSize {
  static final Key<Integer> HEIGHT = Key.required("height", Codec.positive());
  static final Key<Integer> WIDTH = Key.required("width", Codec.positive());

  private TargetSize() {}

  /** The size as a config has it. */
  static Size2D of(Config config) {
    return new Size2D(config.get(HEIGHT), config.get(WIDTH));
  }

  /** The same config with a size. */
  static Config set(Config config, int height, int width) {
    return config.with(HEIGHT, height).with(WIDTH, width);
  }

  /** The shape of images of the size: (batch, height', width', channels). */
  static Shape outputShape(Config config, Inputs inputs) {
    Shape x = inputs.image();
    return Shape.of(x.get(0), config.get(HEIGHT), config.get(WIDTH), x.get(3));
  }
}
