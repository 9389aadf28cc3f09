package kerava.layers;

import kerava.config.Config;
import kerava.config.Schema;

/**
 * A convolution of each channel by itself: (batch, steps, channels) → (batch, steps', channels ·
 * depth multiplier).
 *
 * <p>Its weights are {@code kernel} (kernel length, channels, depth multiplier) and {@code bias}.
 *
 * <p>By default each channel has one output, the window steps by 1, with padding {@code VALID} and
 * without holes; there is no activation, and a bias. The kernel begins Glorot uniform, the bias
 * with zeros; neither has a penalty or bounds.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/convolution_layers/depthwise_convolution1d/">Keras:
 *     DepthwiseConv1D</a>
 */
public record DepthwiseConv1D(Config config) implements DepthwiseLayer<DepthwiseConv1D, Size1D> {
  /** How the layer is written and read. */
  public static final Schema<DepthwiseConv1D> SCHEMA =
      DepthwiseLayer.schema("DepthwiseConv1D", DepthwiseConv1D::new, ConvolutionKeys.ONE);

  /**
   * A convolution with stride 1, padding {@code VALID}, a bias, no activation.
   *
   * @param kernelSize the kernel's length
   * @throws IllegalArgumentException if it is below 1
   */
  public static DepthwiseConv1D of(int kernelSize) {
    return new DepthwiseConv1D(
        SCHEMA.config().with(ConvolutionKeys.ONE.kernelSize(), Size1D.of(kernelSize)));
  }

  @Override
  public ConvolutionKeys<Size1D> keys() {
    return ConvolutionKeys.ONE;
  }

  @Override
  public Schema<DepthwiseConv1D> schema() {
    return SCHEMA;
  }
}
