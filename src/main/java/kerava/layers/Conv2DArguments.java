package kerava.layers;

import kerava.Layer;
import kerava.config.Codec;
import kerava.config.Key;
import kerava.config.Schema;

/**
 * What Keras' convolutions over images take for their window: {@code kernel_size}, {@code strides},
 * {@code padding} and {@code dilation_rate}.
 *
 * @param <L> the class of the layer
 * @see <a href="https://keras.io/api/layers/convolution_layers/">Keras: convolution layers</a>
 */
public interface Conv2DArguments<L extends Layer> extends Layer {
  /** The key of the window's size. */
  Key<Size2D> KERNEL_SIZE = Key.required("kernel_size", Size2D.POSITIVE);

  /** The key of the window's steps. */
  Key<Size2D> STRIDES = Key.of("strides", Size2D.POSITIVE, Size2D.of(1));

  /** The key of what the window does at the border. */
  Key<Padding> PADDING = Key.of("padding", Codec.choice(Padding.class), Padding.VALID);

  /** The key of how far apart the numbers of the kernel stand. */
  Key<Size2D> DILATION_RATE = Key.of("dilation_rate", Size2D.POSITIVE, Size2D.of(1));

  @Override
  Schema<L> schema();

  /** The same layer with a step of the window; 1 by default. */
  default L strides(int strides) {
    return strides(Size2D.of(strides));
  }

  /** The same layer with a step of the window; (1, 1) by default. */
  default L strides(Size2D strides) {
    return schema().create(config().with(STRIDES, strides));
  }

  /** The same layer with another padding; {@code VALID} by default. */
  default L padding(Padding padding) {
    return schema().create(config().with(PADDING, padding));
  }

  /** The same layer with holes in its kernel; (1, 1), no holes, by default. */
  default L dilationRate(Size2D rate) {
    return schema().create(config().with(DILATION_RATE, rate));
  }
}
