package kerava.layers;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import kerava.Inputs;
import kerava.Layer;
import kerava.UnaryLayer;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import kerava.graph.Scope;
import kerava.initializers.FrameWindow;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * How loud sound is over time, by pitches as people hear them: (batch, samples) → (batch, pitches,
 * frames).
 *
 * <p>As in Keras, what is more than {@code top_db} below the loudest number of the whole batch is
 * raised to that: the same sound gives other numbers beside louder ones.
 *
 * @param config the arguments
 * @see <a
 *     href="https://keras.io/api/layers/preprocessing_layers/audio_preprocessing/mel_spectrogram/">Keras:
 *     MelSpectrogram</a>
 */
public record MelSpectrogram(Config config) implements UnaryLayer {
  private static final Key<Integer> FFT_LENGTH =
      Key.of("fft_length", Codec.integer().where("a number of at least 2", n -> n > 1), 2048);
  private static final Key<Integer> STRIDE = Key.of("sequence_stride", Codec.positive(), 512);
  private static final Key<Optional<Integer>> LENGTH =
      Key.optional("sequence_length", Codec.positive());
  private static final Key<Optional<FrameWindow>> WINDOW =
      Key.of(
          "window",
          Codec.nullable(
              FrameWindow.CODEC.where("hann, hamming or numbers", MelSpectrogram::isKnown)),
          Optional.of(FrameWindow.of("hann")));
  private static final Key<Double> SAMPLING_RATE =
      Key.of("sampling_rate", Codec.number().where("a number above 0", rate -> rate > 0), 16000.0);
  private static final Key<Integer> NUM_MEL_BINS = Key.of("num_mel_bins", Codec.positive(), 128);
  private static final Key<Double> MIN_FREQ = Key.of("min_freq", Codec.atLeastZero(), 20.0);
  private static final Key<Optional<Double>> MAX_FREQ =
      Key.optional("max_freq", Codec.atLeastZero());
  private static final Key<Boolean> POWER_TO_DB = Key.of("power_to_db", Codec.bool(), true);
  private static final Key<Double> TOP_DB = Key.of("top_db", Codec.number(), 80.0);
  private static final Key<Double> MAG_EXP = Key.of("mag_exp", Codec.number(), 2.0);
  private static final Key<Double> MIN_POWER = Key.of("min_power", Codec.number(), 1e-10);
  private static final Key<Double> REF_POWER = Key.of("ref_power", Codec.number(), 1.0);

  /** How the layer is written and read. */
  public static final Schema<MelSpectrogram> SCHEMA =
      Layer.schema("MelSpectrogram", MelSpectrogram::new, FFT_LENGTH, STRIDE, LENGTH, WINDOW)
          .with(SAMPLING_RATE, NUM_MEL_BINS, MIN_FREQ, MAX_FREQ)
          .with(POWER_TO_DB, TOP_DB, MAG_EXP, MIN_POWER, REF_POWER);

  /** Checks that a frame fits its transform. */
  public MelSpectrogram {
    int fft = config.get(FFT_LENGTH);
    config
        .get(LENGTH)
        .filter(length -> length > fft)
        .ifPresent(
            length -> {
              throw new IllegalArgumentException(
                  "MelSpectrogram: expected a sequence_length of at most fft_length, which is "
                      + fft
                      + ", got "
                      + length
                      + ".");
            });
  }

  private static boolean isKnown(FrameWindow window) {
    return Set.of("", "hann", "hamming").contains(window.name());
  }

  /** The layer with Keras' defaults: 128 pitches of sound of 16,000 samples a second. */
  public static MelSpectrogram of() {
    return new MelSpectrogram(SCHEMA.config());
  }

  /**
   * The same layer with other frames.
   *
   * @param length in samples; 2048 by default
   * @param stride from one to the next, in samples; 512 by default
   * @param fftLength what a frame is filled up to; 2048 by default
   * @throws IllegalArgumentException if the length is above {@code fftLength}
   */
  public MelSpectrogram frames(int length, int stride, int fftLength) {
    return new MelSpectrogram(
        config.with(LENGTH, Optional.of(length)).with(STRIDE, stride).with(FFT_LENGTH, fftLength));
  }

  /** The same layer with another window; {@code hann} by default. */
  public MelSpectrogram window(FrameWindow window) {
    return new MelSpectrogram(config.with(WINDOW, Optional.of(window)));
  }

  /** The same layer for sound of other samples a second; 16,000 by default. */
  public MelSpectrogram samplingRate(double rate) {
    return new MelSpectrogram(config.with(SAMPLING_RATE, rate));
  }

  /**
   * The same layer with other pitches.
   *
   * @param number of them; 128 by default
   * @param least in hertz; 20 by default
   * @param most in hertz; half the samples a second by default
   */
  public MelSpectrogram pitches(int number, double least, double most) {
    return new MelSpectrogram(
        config.with(NUM_MEL_BINS, number).with(MIN_FREQ, least).with(MAX_FREQ, Optional.of(most)));
  }

  /** The same layer that gives powers instead of decibels, or not; not by default. */
  public MelSpectrogram decibels(boolean decibels) {
    return new MelSpectrogram(config.with(POWER_TO_DB, decibels));
  }

  @Override
  public Shape outputShape(Inputs inputs) {
    Shape x = inputs.single(2, "batch, samples", "Does a Reshape belong before it?");
    long samples = x.get(1);
    int edge = config.get(FFT_LENGTH) / 2;
    if (samples >= 0 && samples <= edge) {
      throw inputs.refuse("more than the " + edge + " samples that are mirrored at the ends", "");
    }
    long frames =
        samples < 0
            ? samples
            : 1 + (samples + 2L * edge - config.get(FFT_LENGTH)) / config.get(STRIDE);
    return Shape.of(x.get(0), config.get(NUM_MEL_BINS), frames);
  }

  @Override
  public Operand<TFloat32> build(Scope scope, Operand<TFloat32> x) {
    Ops tf = scope.tf();
    int length = config.get(FFT_LENGTH);
    SoundFrames frames = new SoundFrames(tf, x, length, config.get(STRIDE));
    Operand<TFloat32> rows = windowed(tf, frames.rows());
    boolean differentiated = scope.training() && FrequencySizes.haveWeights(x);
    Operand<TFloat32> sizes =
        differentiated
            ? FrequencySizes.differentiable(tf, rows, length)
            : FrequencySizes.fast(tf, rows, length);
    Operand<TFloat32> powers = tf.math.pow(sizes, tf.constant(config.get(MAG_EXP).floatValue()));
    Operand<TFloat32> pitches = scale().build(tf, powers);
    Operand<TFloat32> given = config.get(POWER_TO_DB) ? decibels(tf, pitches) : pitches;
    Operand<TFloat32> apart =
        tf.reshape(
            given,
            tf.stack(
                List.of(tf.constant(-1), frames.count(), tf.constant(config.get(NUM_MEL_BINS)))));
    return tf.linalg.transpose(apart, tf.constant(new int[] {0, 2, 1}));
  }

  private Operand<TFloat32> windowed(Ops tf, Operand<TFloat32> rows) {
    return config
        .get(WINDOW)
        .map(window -> tf.math.mul(rows, tf.constant(padded(window))))
        .map(product -> (Operand<TFloat32>) product)
        .orElse(rows);
  }

  /** The window in the middle of zeros, as long as a transform. */
  private float[] padded(FrameWindow window) {
    int length = config.get(LENGTH).orElse(config.get(FFT_LENGTH));
    float[] padded = new float[config.get(FFT_LENGTH)];
    // TensorFlow's windows are periodic where their length is even.
    float[] values = window.values(length, length % 2 == 0);
    System.arraycopy(values, 0, padded, (padded.length - length) / 2, length);
    return padded;
  }

  private MelScale scale() {
    double rate = config.get(SAMPLING_RATE);
    return new MelScale(
        config.get(NUM_MEL_BINS),
        config.get(FFT_LENGTH) / 2 + 1,
        (float) rate,
        config.get(MIN_FREQ).floatValue(),
        config.get(MAX_FREQ).filter(most -> most > 0).orElse(Math.floor(rate / 2)).floatValue());
  }

  private Operand<TFloat32> decibels(Ops tf, Operand<TFloat32> powers) {
    float least = config.get(MIN_POWER).floatValue();
    float reference = Math.max(Math.abs(config.get(REF_POWER).floatValue()), least);
    Operand<TFloat32> own = decibel(tf, tf.math.maximum(powers, tf.constant(least)));
    Operand<TFloat32> relative = tf.math.sub(own, decibel(tf, tf.constant(reference)));
    Operand<TFloat32> loudest = tf.max(relative, tf.constant(new int[] {0, 1}));
    Operand<TFloat32> bottom = tf.math.sub(loudest, tf.constant(config.get(TOP_DB).floatValue()));
    return tf.math.maximum(relative, bottom);
  }

  private static Operand<TFloat32> decibel(Ops tf, Operand<TFloat32> power) {
    Operand<TFloat32> log10 = tf.math.div(tf.math.log(power), tf.math.log(tf.constant(10f)));
    return tf.math.mul(tf.constant(10f), log10);
  }

  @Override
  public Schema<MelSpectrogram> schema() {
    return SCHEMA;
  }
}
