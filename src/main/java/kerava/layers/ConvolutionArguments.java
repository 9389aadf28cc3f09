package kerava.layers;

import kerava.Layer;
import kerava.config.Schema;

/**
 * What Keras' convolutions take for their window: {@code kernel_size}, {@code strides}, {@code
 * padding} and {@code dilation_rate}.
 *
 * @param <L> the class of the layer
 * @param <S> the class of the window's size
 * @see <a href="https://keras.io/api/layers/convolution_layers/">Keras: convolution layers</a>
 */
public interface ConvolutionArguments<L extends Layer, S extends Size> extends Layer {
  @Override
  Schema<L> schema();

  /** The keys of the window. */
  ConvolutionKeys<S> keys();

  /** The same layer with a step of the window along all axes; 1 by default. */
  default L strides(int strides) {
    return strides(keys().sizes().all(strides));
  }

  /** The same layer with a step of the window along each axis; 1 by default. */
  default L strides(S strides) {
    return schema().create(config().with(keys().strides(), strides));
  }

  /** The same layer with another padding; {@code VALID} by default. */
  default L padding(Padding padding) {
    return schema().create(config().with(keys().padding(), padding));
  }

  /** The same layer with holes in its kernel along all axes; 1, no holes, by default. */
  default L dilationRate(int rate) {
    return dilationRate(keys().sizes().all(rate));
  }

  /** The same layer with holes in its kernel along each axis; 1, no holes, by default. */
  default L dilationRate(S rate) {
    return schema().create(config().with(keys().dilationRate(), rate));
  }
}
