package kerava.layers;

import kerava.config.Config;
import kerava.config.Schema;

/**
 * A convolution of each channel by itself, then one of each step by itself: (batch, steps,
 * channels) → (batch, steps', filters).
 *
 * <p>Its weights are {@code depthwise_kernel} (kernel length, channels, depth multiplier), {@code
 * pointwise_kernel} (1, channels · depth multiplier, filters) and {@code bias} (filters).
 *
 * <p>By default each channel has one output in between, the window steps by 1, with padding {@code
 * VALID} and without holes; there is no activation, and a bias. The kernels begin Glorot uniform,
 * the bias with zeros; none has a penalty or bounds.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/convolution_layers/separable_convolution1d/">Keras:
 *     SeparableConv1D</a>
 */
public record SeparableConv1D(Config config) implements SeparableLayer<SeparableConv1D, Size1D> {
  /** How the layer is written and read. */
  public static final Schema<SeparableConv1D> SCHEMA =
      SeparableLayer.schema("SeparableConv1D", SeparableConv1D::new, ConvolutionKeys.ONE)
          .alias("SeparableConvolution1D");

  /**
   * A convolution with stride 1, padding {@code VALID}, a bias, no activation.
   *
   * @param filters how many channels the output has
   * @param kernelSize the kernel's length
   * @throws IllegalArgumentException if one of them is below 1
   */
  public static SeparableConv1D of(int filters, int kernelSize) {
    return new SeparableConv1D(
        SCHEMA
            .config()
            .with(Convolution.FILTERS, filters)
            .with(ConvolutionKeys.ONE.kernelSize(), Size1D.of(kernelSize)));
  }

  @Override
  public ConvolutionKeys<Size1D> keys() {
    return ConvolutionKeys.ONE;
  }

  @Override
  public Schema<SeparableConv1D> schema() {
    return SCHEMA;
  }
}
