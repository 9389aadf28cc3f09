package kerava.initializers;

import java.util.Optional;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * The kernel of a convolution that is a Fourier transform of frames of sound: (samples, 1,
 * frequencies).
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/initializers/">Keras: layer weight initializers</a>
 */
public record STFT(Config config) implements Initializer {
  /** Which part of the complex numbers that a transform gives. */
  public enum Side {
    /** The real part. */
    REAL,
    /** The imaginary part. */
    IMAG
  }

  /** What the numbers of a window are divided by. */
  public enum Scaling {
    /** The root of the sum of their squares. */
    DENSITY,
    /** The sum of their sizes. */
    SPECTRUM
  }

  private static final Key<Side> SIDE = Key.of("side", Codec.choice(Side.class), Side.REAL);

  /** The key of the window. */
  public static final Key<Optional<FrameWindow>> WINDOW =
      Key.of("window", Codec.nullable(FrameWindow.CODEC), Optional.of(FrameWindow.of("hann")));

  /** The key of whether the window is one period of a periodic function; else it is symmetric. */
  public static final Key<Boolean> PERIODIC = Key.of("periodic", Codec.bool(), false);

  /** The key of what the window is divided by. */
  public static final Key<Optional<Scaling>> SCALING =
      Key.of("scaling", Codec.nullable(Codec.choice(Scaling.class)), Optional.of(Scaling.DENSITY));

  /** How the initializer is written and read. */
  public static final Schema<STFT> SCHEMA =
      Schema.of("keras.initializers", "STFT", STFT::new, SIDE, WINDOW, PERIODIC, SCALING)
          .alias("stft", "STFTInitializer");

  /** The initializer of one part, with a symmetric Hann window that is scaled as a density. */
  public static STFT of(Side side) {
    return new STFT(SCHEMA.config().with(SIDE, side));
  }

  /** The same initializer with another window, or none. */
  public STFT window(Optional<FrameWindow> window) {
    return new STFT(config.with(WINDOW, window));
  }

  /** The same initializer whose window is one period of a periodic function; not by default. */
  public STFT periodic(boolean periodic) {
    return new STFT(config.with(PERIODIC, periodic));
  }

  /** The same initializer with another scaling of the window, or none. */
  public STFT scaling(Optional<Scaling> scaling) {
    return new STFT(config.with(SCALING, scaling));
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if the weight is of another shape, or the window does not fit
   */
  @Override
  public Operand<TFloat32> value(Ops tf, Shape shape, long seed) {
    if (shape.numDimensions() != 3 || shape.get(1) != 1) {
      throw new IllegalArgumentException(
          "STFT: expected a weight of shape (samples, 1, frequencies), got " + shape + ".");
    }
    int samples = Math.toIntExact(shape.get(0));
    int frequencies = Math.toIntExact(shape.get(2));
    Operand<TFloat32> time =
        tf.math.mul(tf.constant(-2f), count(tf, samples, new int[] {-1, 1, 1}));
    // The frequencies of a transform of even length, as in Keras, whatever its length.
    Operand<TFloat32> frequency =
        tf.math.div(
            count(tf, frequencies, new int[] {1, 1, -1}),
            tf.constant((float) (2 * (frequencies - 1))));
    Operand<TFloat32> angle =
        tf.math.mul(tf.math.mul(time, frequency), tf.constant((float) Math.PI));
    Operand<TFloat32> wave =
        config.get(SIDE) == Side.REAL ? tf.math.cos(angle) : tf.math.sin(angle);
    return config
        .get(WINDOW)
        .map(window -> windowed(tf, wave, window.values(samples, config.get(PERIODIC))))
        .orElse(wave);
  }

  private Operand<TFloat32> windowed(Ops tf, Operand<TFloat32> wave, float... numbers) {
    Operand<TFloat32> row = tf.constant(numbers);
    Operand<TFloat32> window = tf.reshape(row, tf.constant(new int[] {-1, 1, 1}));
    Operand<TFloat32> product = tf.math.mul(wave, window);
    Optional<Scaling> scaling = config.get(SCALING);
    return scaling.isEmpty() ? product : tf.math.div(product, size(tf, row, scaling.get()));
  }

  private static Operand<TFloat32> size(Ops tf, Operand<TFloat32> window, Scaling scaling) {
    return scaling == Scaling.DENSITY
        ? tf.math.sqrt(tf.sum(tf.math.square(window), tf.constant(0)))
        : tf.sum(tf.math.abs(window), tf.constant(0));
  }

  private static Operand<TFloat32> count(Ops tf, int size, int... shape) {
    Operand<TInt32> numbers = tf.range(tf.constant(0), tf.constant(size), tf.constant(1));
    return tf.reshape(tf.dtypes.cast(numbers, TFloat32.class), tf.constant(shape));
  }

  @Override
  public Schema<STFT> schema() {
    return SCHEMA;
  }
}
