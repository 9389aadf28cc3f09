package kerava.layers;

import kerava.config.Config;
import kerava.config.Schema;

/**
 * The gradient of a convolution, used forward, which makes images larger: (batch, height, width,
 * channels) → (batch, height', width', filters).
 *
 * <p>Its weights are {@code kernel} (kernel height, kernel width, filters, channels) and {@code
 * bias} (filters).
 *
 * <p>By default the window steps by 1, with padding {@code VALID} and without holes; there is no
 * activation, and a bias. The kernel begins Glorot uniform, the bias with zeros; neither has a
 * penalty or bounds.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/convolution_layers/convolution2d_transpose/">Keras:
 *     Conv2DTranspose</a>
 */
public record Conv2DTranspose(Config config)
    implements TransposedConvolutionLayer<Conv2DTranspose, Size2D> {
  /** How the layer is written and read. */
  public static final Schema<Conv2DTranspose> SCHEMA =
      TransposedConvolutionLayer.schema(
              "Conv2DTranspose", Conv2DTranspose::new, ConvolutionKeys.TWO)
          .alias("Convolution2DTranspose");

  /** Checks that the arguments go together. */
  public Conv2DTranspose {
    TransposedConvolutionLayer.check("Conv2DTranspose", config, ConvolutionKeys.TWO);
  }

  /**
   * A layer with a square kernel, stride 1, padding {@code VALID}, a bias, no activation.
   *
   * @param filters how many channels the output has
   * @param kernelSize the side of the kernel
   * @throws IllegalArgumentException if one of them is below 1
   */
  public static Conv2DTranspose of(int filters, int kernelSize) {
    return of(filters, Size2D.of(kernelSize));
  }

  /** A layer with a kernel of any size; otherwise as {@link #of(int, int)}. */
  public static Conv2DTranspose of(int filters, Size2D kernelSize) {
    return new Conv2DTranspose(
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
  public Schema<Conv2DTranspose> schema() {
    return SCHEMA;
  }
}
