package kerava.layers;

import kerava.config.Config;
import kerava.config.Schema;

/**
 * The gradient of a convolution, used forward, which makes volumes larger: (batch, depth, height,
 * width, channels) → (batch, depth', height', width', filters).
 *
 * <p>Its weights are {@code kernel} (kernel depth, kernel height, kernel width, filters, channels)
 * and {@code bias} (filters).
 *
 * <p>By default the window steps by 1, with padding {@code VALID} and without holes; there is no
 * activation, and a bias. The kernel begins Glorot uniform, the bias with zeros; neither has a
 * penalty or bounds.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/convolution_layers/convolution3d_transpose/">Keras:
 *     Conv3DTranspose</a>
 */
public record Conv3DTranspose(Config config)
    implements TransposedConvolutionLayer<Conv3DTranspose, Size3D> {
  /** How the layer is written and read. */
  public static final Schema<Conv3DTranspose> SCHEMA =
      TransposedConvolutionLayer.schema(
              "Conv3DTranspose", Conv3DTranspose::new, ConvolutionKeys.THREE)
          .alias("Convolution3DTranspose");

  /** Checks that the arguments go together. */
  public Conv3DTranspose {
    TransposedConvolutionLayer.check("Conv3DTranspose", config, ConvolutionKeys.THREE);
  }

  /**
   * A layer with a cubic kernel, stride 1, padding {@code VALID}, a bias, no activation.
   *
   * @param filters how many channels the output has
   * @param kernelSize the side of the kernel
   * @throws IllegalArgumentException if one of them is below 1
   */
  public static Conv3DTranspose of(int filters, int kernelSize) {
    return of(filters, Size3D.of(kernelSize));
  }

  /** A layer with a kernel of any size; otherwise as {@link #of(int, int)}. */
  public static Conv3DTranspose of(int filters, Size3D kernelSize) {
    return new Conv3DTranspose(
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
  public Schema<Conv3DTranspose> schema() {
    return SCHEMA;
  }
}
