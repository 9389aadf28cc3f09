package kerava.layers;

import kerava.config.Config;
import kerava.config.Schema;

/**
 * A convolution over images: (batch, height, width, channels) → (batch, height', width', filters).
 *
 * <p>Its weights are {@code kernel} (kernel height, kernel width, channels / groups, filters) and
 * {@code bias} (filters).
 *
 * <p>By default the window steps by 1, with padding {@code VALID} and without holes, in one group;
 * there is no activation, and a bias. The kernel begins Glorot uniform, the bias with zeros;
 * neither has a penalty or bounds.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/convolution_layers/convolution2d/">Keras: Conv2D</a>
 */
public record Conv2D(Config config) implements ConvolutionLayer<Conv2D, Size2D> {
  /** How the layer is written and read. */
  public static final Schema<Conv2D> SCHEMA =
      ConvolutionLayer.schema("Conv2D", Conv2D::new, ConvolutionKeys.TWO).alias("Convolution2D");

  /** Checks that the arguments go together. */
  public Conv2D {
    ConvolutionLayer.check("Conv2D", config, ConvolutionKeys.TWO);
  }

  /**
   * A convolution with a square kernel, stride 1, padding {@code VALID}, a bias, no activation.
   *
   * @param filters how many channels the output has
   * @param kernelSize the side of the kernel
   * @throws IllegalArgumentException if one of them is below 1
   */
  public static Conv2D of(int filters, int kernelSize) {
    return of(filters, Size2D.of(kernelSize));
  }

  /** A convolution with a kernel of any size; otherwise as {@link #of(int, int)}. */
  public static Conv2D of(int filters, Size2D kernelSize) {
    return new Conv2D(
        SCHEMA
            .config()
            .with(Convolution.FILTERS, filters)
            .with(ConvolutionKeys.TWO.kernelSize(), kernelSize));
  }

  @Override
  public ConvolutionKeys<Size2D> keys() {
    return ConvolutionKeys.TWO;
  }

  @Override
  public Schema<Conv2D> schema() {
    return SCHEMA;
  }
}
