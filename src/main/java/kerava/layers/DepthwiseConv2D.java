package kerava.layers;

import kerava.config.Config;
import kerava.config.Schema;

/**
 * A convolution of each channel by itself: (batch, height, width, channels) → (batch, height',
 * width', channels · depth multiplier).
 *
 * <p>Its weights are {@code kernel} (kernel height, kernel width, channels, depth multiplier) and
 * {@code bias}.
 *
 * <p>By default each channel has one output, the window steps by 1, with padding {@code VALID} and
 * without holes; there is no activation, and a bias. The kernel begins Glorot uniform, the bias
 * with zeros; neither has a penalty or bounds.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/convolution_layers/depthwise_convolution2d/">Keras:
 *     DepthwiseConv2D</a>
 */
public record DepthwiseConv2D(Config config) implements DepthwiseLayer<DepthwiseConv2D, Size2D> {
  /** How the layer is written and read. */
  public static final Schema<DepthwiseConv2D> SCHEMA =
      DepthwiseLayer.schema("DepthwiseConv2D", DepthwiseConv2D::new, ConvolutionKeys.TWO);

  /**
   * A convolution with a square kernel, stride 1, padding {@code VALID}, a bias, no activation.
   *
   * @param kernelSize the side of the kernel
   * @throws IllegalArgumentException if it is below 1
   */
  public static DepthwiseConv2D of(int kernelSize) {
    return of(Size2D.of(kernelSize));
  }

  /** A convolution with a kernel of any size; otherwise as {@link #of(int)}. */
  public static DepthwiseConv2D of(Size2D kernelSize) {
    return new DepthwiseConv2D(SCHEMA.config().with(ConvolutionKeys.TWO.kernelSize(), kernelSize));
  }

  @Override
  public ConvolutionKeys<Size2D> keys() {
    return ConvolutionKeys.TWO;
  }

  @Override
  public Schema<DepthwiseConv2D> schema() {
    return SCHEMA;
  }
}
