package kerava.layers;

import java.util.List;
import java.util.Optional;
import kerava.Inputs;
import kerava.Layer;
import kerava.UnaryLayer;
import kerava.WeightSpec;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import kerava.graph.Scope;
import kerava.initializers.FrameWindow;
import kerava.initializers.STFT;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Frequencies of frames of sound over time, by convolutions whose kernels can be trained: (batch,
 * samples, channels) → (batch, frames, channels · frequencies), or (batch, frames, frequencies,
 * channels) where it expands the dimensions; with channels first, these stand behind the batch.
 *
 * <p>The weights are {@code real_kernel} and {@code imag_kernel}, but for the modes that need only
 * one of them.
 *
 * @param config the arguments
 * @see <a
 *     href="https://keras.io/api/layers/preprocessing_layers/audio_preprocessing/stft_spectrogram/">Keras:
 *     STFTSpectrogram</a>
 */
public record STFTSpectrogram(Config config) implements UnaryLayer {
  /** What is given of the complex numbers of a transform. */
  public enum Mode {
    /** The logarithm of their size. */
    LOG,
    /** Their size. */
    MAGNITUDE,
    /** The square of their size, twice but for the least and the greatest frequency. */
    PSD,
    /** Their real part. */
    REAL,
    /** Their imaginary part. */
    IMAG,
    /** Their angle. */
    ANGLE,
    /** Their real parts, and behind them the imaginary ones. */
    STFT
  }

  private static final Key<Mode> MODE = Key.of("mode", Codec.choice(Mode.class), Mode.LOG);
  private static final Key<Integer> FRAME_LENGTH = Key.of("frame_length", Codec.positive(), 256);
  private static final Key<Optional<Integer>> FRAME_STEP =
      Key.optional("frame_step", Codec.positive());
  private static final Key<Optional<Integer>> FFT_LENGTH =
      Key.optional("fft_length", Codec.positive());
  private static final Key<Padding> PADDING =
      Key.of("padding", Codec.choice(Padding.class), Padding.VALID);
  private static final Key<Boolean> EXPAND_DIMS = Key.of("expand_dims", Codec.bool(), false);

  /** How the layer is written and read. */
  public static final Schema<STFTSpectrogram> SCHEMA =
      Layer.schema("STFTSpectrogram", STFTSpectrogram::new, MODE, FRAME_LENGTH, FRAME_STEP)
          .with(FFT_LENGTH, STFT.WINDOW, STFT.PERIODIC, STFT.SCALING)
          .with(PADDING, ChannelOrder.KEY, EXPAND_DIMS);

  /** Checks that the arguments go together. */
  public STFTSpectrogram {
    int length = config.get(FRAME_LENGTH);
    config.get(FRAME_STEP).ifPresent(step -> require(step <= length, "frame_step", step, length));
    config.get(FFT_LENGTH).ifPresent(fft -> require(fft >= length, "fft_length", fft, length));
  }

  private static void require(boolean fits, String key, int value, int length) {
    if (!fits) {
      throw new IllegalArgumentException(
          "STFTSpectrogram: expected a %s that goes with frame_length %d, got %d."
              .formatted(key, length, value));
    }
  }

  /** The layer with Keras' defaults: logarithms, frames of 256 samples that overlap by half. */
  public static STFTSpectrogram of() {
    return new STFTSpectrogram(SCHEMA.config());
  }

  /** The same layer that gives something else; {@code LOG} by default. */
  public STFTSpectrogram mode(Mode mode) {
    return new STFTSpectrogram(config.with(MODE, mode));
  }

  /**
   * The same layer with other frames.
   *
   * @param length in samples; 256 by default
   * @param step from one to the next, in samples; half the length by default
   * @param fftLength twice the number of frequencies; the next power of 2 by default
   * @throws IllegalArgumentException if the step is above the length, or that above {@code
   *     fftLength}
   */
  public STFTSpectrogram frames(int length, int step, int fftLength) {
    return new STFTSpectrogram(
        config
            .with(FRAME_LENGTH, length)
            .with(FRAME_STEP, Optional.of(step))
            .with(FFT_LENGTH, Optional.of(fftLength)));
  }

  /** The same layer with another window; {@code hann} by default. */
  public STFTSpectrogram window(FrameWindow window) {
    return new STFTSpectrogram(config.with(STFT.WINDOW, Optional.of(window)));
  }

  /** The same layer with another padding; {@code VALID} by default. */
  public STFTSpectrogram padding(Padding padding) {
    return new STFTSpectrogram(config.with(PADDING, padding));
  }

  /** The same layer that gives an image a channel, or not; not by default. */
  public STFTSpectrogram expandDims(boolean expand) {
    return new STFTSpectrogram(config.with(EXPAND_DIMS, expand));
  }

  private int frequencies() {
    int length = config.get(FRAME_LENGTH);
    int power = length == 1 ? 1 : 2 * Integer.highestOneBit(length - 1);
    return config.get(FFT_LENGTH).orElse(power) / 2 + 1;
  }

  @Override
  public List<WeightSpec> weights(Inputs inputs) {
    Mode mode = config.get(MODE);
    WeightSpec real = kernel("real_kernel", STFT.Side.REAL);
    WeightSpec imaginary = kernel("imag_kernel", STFT.Side.IMAG);
    return switch (mode) {
      case REAL -> List.of(real);
      case IMAG -> List.of(imaginary);
      case LOG, MAGNITUDE, PSD, ANGLE, STFT -> List.of(real, imaginary);
    };
  }

  private WeightSpec kernel(String name, STFT.Side side) {
    STFT initializer =
        STFT.of(side)
            .window(config.get(STFT.WINDOW))
            .periodic(config.get(STFT.PERIODIC))
            .scaling(config.get(STFT.SCALING));
    return WeightSpec.trained(
        name, Shape.of(config.get(FRAME_LENGTH), 1, frequencies()), initializer);
  }

  private SpectrogramShape shape(Inputs inputs) {
    Shape x = inputs.single(3, "batch, samples, channels", "");
    boolean last = config.get(ChannelOrder.KEY) == ChannelOrder.CHANNELS_LAST;
    long samples = x.get(last ? 1 : 2);
    long channels = x.get(last ? 2 : 1);
    if (channels == Shape.UNKNOWN_SIZE) {
      throw inputs.refuse("a known number of channels", "");
    }
    int length = config.get(FRAME_LENGTH);
    if (config.get(PADDING) == Padding.VALID && samples >= 0 && samples < length) {
      throw inputs.refuse("at least the " + length + " samples of a frame", "");
    }
    int parts = config.get(MODE) == Mode.STFT ? 2 : 1;
    return new SpectrogramShape(x.get(0), frames(samples), channels, (long) parts * frequencies());
  }

  private long frames(long samples) {
    int step = step();
    if (samples == Shape.UNKNOWN_SIZE) {
      return samples;
    }
    return config.get(PADDING) == Padding.VALID
        ? (samples - config.get(FRAME_LENGTH)) / step + 1
        : (samples + step - 1) / step;
  }

  private int step() {
    return Math.max(1, config.get(FRAME_STEP).orElse(config.get(FRAME_LENGTH) / 2));
  }

  @Override
  public Shape outputShape(Inputs inputs) {
    return shape(inputs).of(config.get(ChannelOrder.KEY), config.get(EXPAND_DIMS));
  }

  @Override
  public Operand<TFloat32> build(Scope scope, Operand<TFloat32> x) {
    Ops tf = scope.tf();
    ChannelOrder order = config.get(ChannelOrder.KEY);
    SpectrogramShape shape = shape(new Inputs(scope.name(), List.of(x.shape())));
    FrameTransform transform =
        new FrameTransform(
            tf,
            order == ChannelOrder.CHANNELS_LAST
                ? tf.linalg.transpose(x, tf.constant(new int[] {0, 2, 1}))
                : x,
            step(),
            config.get(PADDING));
    Operand<TFloat32> given = transform.of(config.get(MODE), scope::weight);
    return shape.arranged(tf, given, order, config.get(EXPAND_DIMS));
  }

  @Override
  public Schema<STFTSpectrogram> schema() {
    return SCHEMA;
  }
}
