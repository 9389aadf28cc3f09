package kerava.layers;

import kerava.config.Config;
import kerava.config.Schema;

/**
 * A convolution over volumes: (batch, depth, height, width, channels) → (batch, depth', height',
 * width', filters).
 *
 * <p>Its weights are {@code kernel} (kernel depth, kernel height, kernel width, channels / groups,
 * filters) and {@code bias} (filters).
 *
 * <p>By default the window steps by 1, with padding {@code VALID} and without holes, in one group;
 * there is no activation, and a bias. The kernel begins Glorot uniform, the bias with zeros;
 * neither has a penalty or bounds.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/convolution_layers/convolution3d/">Keras: Conv3D</a>
 */
public record Conv3D(Config config) implements ConvolutionLayer<Conv3D, Size3D> {
  /** How the layer is written and read. */
  public static final Schema<Conv3D> SCHEMA =
      ConvolutionLayer.schema("Conv3D", Conv3D::new, ConvolutionKeys.THREE).alias("Convolution3D");

  /** Checks that the arguments go together. */
  public Conv3D {
    ConvolutionLayer.check("Conv3D", config, ConvolutionKeys.THREE);
  }

  /**
   * A convolution with a cubic kernel, stride 1, padding {@code VALID}, a bias, no activation.
   *
   * @param filters how many channels the output has
   * @param kernelSize the side of the kernel
   * @throws IllegalArgumentException if one of them is below 1
   */
  public static Conv3D of(int filters, int kernelSize) {
    return of(filters, Size3D.of(kernelSize));
  }

  /** A convolution with a kernel of any size; otherwise as {@link #of(int, int)}. */
  public static Conv3D of(int filters, Size3D kernelSize) {
    return new Conv3D(
        SCHEMA
            .config()
            .with(Convolution.FILTERS, filters)
            .with(ConvolutionKeys.THREE.kernelSize(), kernelSize));
  }

  @Override
  public ConvolutionKeys<Size3D> keys() {
    return ConvolutionKeys.THREE;
  }

  @Override
  public Schema<Conv3D> schema() {
    return SCHEMA;
  }
}
