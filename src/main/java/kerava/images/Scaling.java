package kerava.images;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import kerava.config.Visible;
import kerava.graph.Array;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The arithmetic from pixels of 0 to 255 to what the first layer of a model gets.
 *
 * @see <a href="https://keras.io/api/applications/">Keras: preprocess_input of the applications,
 *     which has the modes tf, torch and caffe</a>
 */
public enum Scaling {
  /** From 0 to 255, as pixels are: for a model that scales them itself. */
  NONE("0..255", "as they are, 0 to 255", 1, 0),
  /** From 0 to 1: divided by 255. */
  UNIT("0..1", "divided by 255", 255, 0),
  /** From -1 to 1: divided by 127.5, less 1. */
  TF("tf", "from -1 to 1 (tf)", 127.5f, 1),
  /** Divided by 255, less the mean of ImageNet, divided by its deviation. */
  TORCH(
      "torch",
      "less ImageNet's mean, by its deviation (torch)",
      255,
      new float[] {0.485f, 0.456f, 0.406f},
      new float[] {0.229f, 0.224f, 0.225f},
      false),
  /** Blue, green, red, less the mean of ImageNet. */
  CAFFE(
      "caffe",
      "BGR, less ImageNet's mean (caffe)",
      1,
      new float[] {103.939f, 116.779f, 123.68f},
      new float[] {1},
      true);

  private static final int COLOURS = 3;

  private final String text;
  private final String words;
  private final float divisor;
  private final float[] means;
  private final float[] deviations;
  private final boolean reversed;

  Scaling(String text, String words, float divisor, float mean) {
    this(text, words, divisor, new float[] {mean}, new float[] {1}, false);
  }

  Scaling(
      String text,
      String words,
      float divisor,
      float[] means,
      float[] deviations,
      boolean reversed) {
    this.text = text;
    this.words = words;
    this.divisor = divisor;
    this.means = means;
    this.deviations = deviations;
    this.reversed = reversed;
  }

  /**
   * Reads a name: {@code 0..255}, {@code 0..1}, {@code tf}, {@code torch} or {@code caffe}; {@code
   * none}, {@code 255} and {@code -1..1} mean the first, the second and the third.
   *
   * @throws IllegalArgumentException if it is none of them
   */
  public static Scaling parse(String name) {
    String wanted = name.toLowerCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(each -> each.text.equals(wanted) || each.otherNames().contains(wanted))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    Visible.of(
                        "pixels: expected 0..255, 0..1, tf, torch or caffe, got \""
                            + name
                            + "\".")));
  }

  private List<String> otherNames() {
    return switch (this) {
      case NONE -> List.of("none", "raw");
      case UNIT -> List.of("255", "/255", "unit");
      case TF -> List.of("-1..1");
      case TORCH, CAFFE -> List.of();
    };
  }

  /** Whether it can be applied to pixels of so many channels: torch and caffe know colours only. */
  public boolean fits(long channels) {
    return channels == COLOURS || (means.length == 1 && !reversed);
  }

  /**
   * Adds the operations.
   *
   * @param pixels from 0 to 255, channels last
   */
  public Operand<TFloat32> apply(Ops tf, Operand<TFloat32> pixels) {
    Operand<TFloat32> x = pixels;
    if (reversed) {
      x = tf.reverse(x, tf.constant(new int[] {-1}));
    }
    if (divisor != 1) {
      x = divided(tf, x, tf.constant(divisor));
    }
    if (means[0] != 0) {
      x = tf.math.sub(x, numbers(tf, means));
    }
    return deviations[0] == 1 ? x : divided(tf, x, numbers(tf, deviations));
  }

  /**
   * Where TensorFlow's own division has a constant below, it becomes a product with the reciprocal,
   * which rounds otherwise than Keras' division; this one stays as it is.
   */
  private static Operand<TFloat32> divided(
      Ops tf, Operand<TFloat32> x, Operand<TFloat32> divisors) {
    return tf.math.divNoNan(x, divisors);
  }

  private static Operand<TFloat32> numbers(Ops tf, float[] values) {
    return values.length == 1 ? tf.constant(values[0]) : tf.constant(values);
  }

  /**
   * The same arithmetic on numbers of the host.
   *
   * @param pixels from 0 to 255, channels last
   * @param channels how many numbers a pixel has
   */
  public float[] apply(float[] pixels, int channels) {
    float[] values = new float[pixels.length];
    for (int i = 0; i < values.length; i++) {
      int channel = i % channels;
      float pixel = pixels[reversed ? i - channel + channels - 1 - channel : i];
      values[i] = (pixel / divisor - of(means, channel)) / of(deviations, channel);
    }
    return values;
  }

  /**
   * The same arithmetic on an array.
   *
   * @param pixels from 0 to 255, bytes or floats, channels last
   * @return FLOAT32 of the same shape
   */
  public Array apply(Array pixels) {
    long channels = pixels.shape().get(pixels.shape().numDimensions() - 1);
    return Array.of(
        apply(pixels.to(Array.Type.FLOAT32).floats(), Math.toIntExact(channels)),
        pixels.shape().asArray());
  }

  /** The pixels that {@link #apply(float[], int)} makes such numbers of. */
  public float[] invert(float[] values, int channels) {
    float[] pixels = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      int channel = i % channels;
      int at = reversed ? i - channel + channels - 1 - channel : i;
      pixels[at] = (values[i] * of(deviations, channel) + of(means, channel)) * divisor;
    }
    return pixels;
  }

  private static float of(float[] values, int channel) {
    return values.length == 1 ? values[0] : values[channel];
  }

  /** What it does to pixels, in words: a part of a sentence. */
  public String words() {
    return words;
  }

  /** The name that {@link #parse} reads. */
  @Override
  public String toString() {
    return text;
  }
}
