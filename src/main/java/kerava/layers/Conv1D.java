package kerava.layers;

import kerava.config.Config;
import kerava.config.Schema;

/**
 * A convolution over sequences: (batch, steps, channels) → (batch, steps', filters).
 *
 * <p>Its weights are {@code kernel} (kernel length, channels / groups, filters) and {@code bias}
 * (filters).
 *
 * <p>By default the window steps by 1, with padding {@code VALID} and without holes, in one group;
 * there is no activation, and a bias. The kernel begins Glorot uniform, the bias with zeros;
 * neither has a penalty or bounds. The padding may be {@code CAUSAL}.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/convolution_layers/convolution1d/">Keras: Conv1D</a>
 */
public record Conv1D(Config config) implements ConvolutionLayer<Conv1D, Size1D> {
  /** How the layer is written and read. */
  public static final Schema<Conv1D> SCHEMA =
      ConvolutionLayer.schema("Conv1D", Conv1D::new, ConvolutionKeys.CAUSAL).alias("Convolution1D");

  /** Checks that the arguments go together. */
  public Conv1D {
    ConvolutionLayer.check("Conv1D", config, ConvolutionKeys.CAUSAL);
  }

  /**
   * A convolution with stride 1, padding {@code VALID}, a bias, no activation.
   *
   * @param filters how many channels the output has
   * @param kernelSize the kernel's length
   * @throws IllegalArgumentException if one of them is below 1
   */
  public static Conv1D of(int filters, int kernelSize) {
    return new Conv1D(
        SCHEMA
            .config()
            .with(Convolution.FILTERS, filters)
            .with(ConvolutionKeys.CAUSAL.kernelSize(), Size1D.of(kernelSize)));
  }

  @Override
  public ConvolutionKeys<Size1D> keys() {
    return ConvolutionKeys.CAUSAL;
  }

  @Override
  public Schema<Conv1D> schema() {
    return SCHEMA;
  }
}
