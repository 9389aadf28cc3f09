package kerava.layers.recurrent;

import kerava.config.Config;
import kerava.config.Schema;

/**
 * An LSTM whose products are convolutions (Shi et al. 2015): (batch, steps, depth, height, width,
 * channels) → (batch, depth', height', width', filters), or (batch, steps, depth', height', width',
 * filters) where the outputs of all steps are wanted.
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
 * @see <a href="https://keras.io/api/layers/recurrent_layers/conv_lstm3d/">Keras: ConvLSTM3D</a>
 */
public record ConvLSTM3D(Config config) implements ConvLSTMLayer<ConvLSTM3D> {
  /** How the layer is written and read. */
  public static final Schema<ConvLSTM3D> SCHEMA =
      ConvLSTMKeys.THREE.layer("ConvLSTM3D", ConvLSTM3D::new);

  /** Checks that steps and holes of the kernel go together. */
  public ConvLSTM3D {
    ConvLSTMKeys.THREE.requireStridesOrDilation("ConvLSTM3D", config);
  }

  /**
   * The layer.
   *
   * @param filters how many numbers it gives each place
   * @param kernelSize the size of the kernels, one number for all axes or one for each
   * @throws IllegalArgumentException if one of them is below 1
   */
  public static ConvLSTM3D of(int filters, int... kernelSize) {
    return new ConvLSTM3D(ConvLSTMKeys.THREE.config(SCHEMA, filters, kernelSize));
  }

  @Override
  public ConvLSTMKeys keys() {
    return ConvLSTMKeys.THREE;
  }

  @Override
  public Schema<ConvLSTM3D> schema() {
    return SCHEMA;
  }
}
