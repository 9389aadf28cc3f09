package kerava.layers.recurrent;

import kerava.config.Config;
import kerava.config.Schema;

/**
 * An LSTM whose products are convolutions (Shi et al. 2015): (batch, steps, height, width,
 * channels) → (batch, height', width', filters), or (batch, steps, height', width', filters) where
 * the outputs of all steps are wanted.
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
 * @see <a href="https://keras.io/api/layers/recurrent_layers/conv_lstm2d/">Keras: ConvLSTM2D</a>
 */
public record ConvLSTM2D(Config config) implements ConvLSTMLayer<ConvLSTM2D> {
  /** How the layer is written and read. */
  public static final Schema<ConvLSTM2D> SCHEMA =
      ConvLSTMKeys.TWO.layer("ConvLSTM2D", ConvLSTM2D::new);

  /** Checks that steps and holes of the kernel go together. */
  public ConvLSTM2D {
    ConvLSTMKeys.TWO.requireStridesOrDilation("ConvLSTM2D", config);
  }

  /**
   * The layer.
   *
   * @param filters how many numbers it gives each place
   * @param kernelSize the size of the kernels, one number for all axes or one for each
   * @throws IllegalArgumentException if one of them is below 1
   */
  public static ConvLSTM2D of(int filters, int... kernelSize) {
    return new ConvLSTM2D(ConvLSTMKeys.TWO.config(SCHEMA, filters, kernelSize));
  }

  @Override
  public ConvLSTMKeys keys() {
    return ConvLSTMKeys.TWO;
  }

  @Override
  public Schema<ConvLSTM2D> schema() {
    return SCHEMA;
  }
}
