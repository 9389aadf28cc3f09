package kerava.layers.recurrent;

import kerava.config.Config;
import kerava.config.Schema;

/**
 * An LSTM whose products are convolutions (Shi et al. 2015): (batch, steps, length, channels) →
 * (batch, length', filters), or (batch, steps, length', filters) where the outputs of all steps are
 * wanted.
 *
 * <p>Its weights are {@code kernel}, {@code recurrent_kernel} and {@code bias}, each with the four
 * parts that an {@link LSTMCell} has. It may be given its two first states as further inputs. Steps
 * that the mask of its input leaves out change neither states nor output.
 *
 * <p>By default the convolution of the input has steps of 1 and stays inside, that of the state
 * keeps its size; the activation is tanh, that of the gates the sigmoid, and there is a bias. The
 * layer goes forward and gives the last output alone.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/recurrent_layers/conv_lstm1d/">Keras: ConvLSTM1D</a>
 */
public record ConvLSTM1D(Config config) implements ConvLSTMLayer<ConvLSTM1D> {
  /** How the layer is written and read. */
  public static final Schema<ConvLSTM1D> SCHEMA =
      ConvLSTMKeys.ONE.layer("ConvLSTM1D", ConvLSTM1D::new);

  /** Checks that steps and holes of the kernel go together. */
  public ConvLSTM1D {
    ConvLSTMKeys.ONE.requireStridesOrDilation("ConvLSTM1D", config);
  }

  /**
   * The layer.
   *
   * @param filters how many numbers it gives each place
   * @param kernelSize the size of the kernels, one number for all axes or one for each
   * @throws IllegalArgumentException if one of them is below 1
   */
  public static ConvLSTM1D of(int filters, int... kernelSize) {
    return new ConvLSTM1D(ConvLSTMKeys.ONE.config(SCHEMA, filters, kernelSize));
  }

  @Override
  public ConvLSTMKeys keys() {
    return ConvLSTMKeys.ONE;
  }

  @Override
  public Schema<ConvLSTM1D> schema() {
    return SCHEMA;
  }
}
