package kerava.layers;

import kerava.config.Config;
import kerava.config.Schema;

/**
 * The gradient of a convolution, used forward, which makes sequences larger: (batch, steps,
 * channels) → (batch, steps', filters).
 *
 * <p>Its weights are {@code kernel} (kernel length, filters, channels) and {@code bias} (filters).
 *
 * <p>By default the window steps by 1, with padding {@code VALID} and without holes; there is no
 * activation, and a bias. The kernel begins Glorot uniform, the bias with zeros; neither has a
 * penalty or bounds.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/convolution_layers/convolution1d_transpose/">Keras:
 *     Conv1DTranspose</a>
 */
public record Conv1DTranspose(Config config)
    implements TransposedConvolutionLayer<Conv1DTranspose, Size1D> {
  /** How the layer is written and read. */
  public static final Schema<Conv1DTranspose> SCHEMA =
      TransposedConvolutionLayer.schema(
              "Conv1DTranspose", Conv1DTranspose::new, ConvolutionKeys.ONE)
          .alias("Convolution1DTranspose");

  /** Checks that the arguments go together. */
  public Conv1DTranspose {
    TransposedConvolutionLayer.check("Conv1DTranspose", config, ConvolutionKeys.ONE);
  }

  /**
   * A layer with stride 1, padding {@code VALID}, a bias, no activation.
   *
   * @param filters how many channels the output has
   * @param kernelSize the kernel's length
   * @throws IllegalArgumentException if one of them is below 1
   */
  public static Conv1DTranspose of(int filters, int kernelSize) {
    return new Conv1DTranspose(
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
  public Schema<Conv1DTranspose> schema() {
    return SCHEMA;
  }
}
