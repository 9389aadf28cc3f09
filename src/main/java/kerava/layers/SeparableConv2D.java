package kerava.layers;

import kerava.config.Config;
import kerava.config.Schema;

/**
 * A convolution of each channel by itself, then one of each pixel by itself: (batch, height, width,
 * channels) → (batch, height', width', filters).
 *
 * <p>Its weights are {@code depthwise_kernel} (kernel height, kernel width, channels, depth
 * multiplier), {@code pointwise_kernel} (1, 1, channels · depth multiplier, filters) and {@code
 * bias} (filters).
 *
 * <p>By default each channel has one output in between, the window steps by 1, with padding {@code
 * VALID} and without holes; there is no activation, and a bias. The kernels begin Glorot uniform,
 * the bias with zeros; none has a penalty or bounds.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/convolution_layers/separable_convolution2d/">Keras:
 *     SeparableConv2D</a>
 */
public record SeparableConv2D(Config config) implements SeparableLayer<SeparableConv2D, Size2D> {
  /** How the layer is written and read. */
  public static final Schema<SeparableConv2D> SCHEMA =
      SeparableLayer.schema("SeparableConv2D", SeparableConv2D::new, ConvolutionKeys.TWO)
          .alias("SeparableConvolution2D");

  /**
   * A convolution with a square kernel, stride 1, padding {@code VALID}, a bias, no activation.
   *
   * @param filters how many channels the output has
   * @param kernelSize the side of the kernel
   * @throws IllegalArgumentException if one of them is below 1
   */
  public static SeparableConv2D of(int filters, int kernelSize) {
    return of(filters, Size2D.of(kernelSize));
  }

  /** A convolution with a kernel of any size; otherwise as {@link #of(int, int)}. */
  public static SeparableConv2D of(int filters, Size2D kernelSize) {
    return new SeparableConv2D(
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
  public Schema<SeparableConv2D> schema() {
    return SCHEMA;
  }
}
