package kerava.saving;

import java.util.Arrays;
import java.util.Random;
import kerava.graph.Array;

/** Seven images for {@link SeedModel}, of random pixels. */
public final class SeedImages {
  static final int PIXELS = 32 * 32 * 3;

  private static final byte[] BYTES = random();

  private SeedImages() {}

  private static byte[] random() {
    byte[] bytes = new byte[7 * PIXELS];
    new Random(11).nextBytes(bytes);
    return bytes;
  }

  /** The pixels of all images. */
  public static byte[] bytes() {
    return BYTES.clone();
  }

  /** The pixels of one image. */
  public static byte[] bytes(int image) {
    return Arrays.copyOfRange(BYTES, image * PIXELS, (image + 1) * PIXELS);
  }

  /** Some images as the model takes them. */
  public static Array images(int first, int count) {
    float[] values = new float[count * PIXELS];
    for (int i = 0; i < values.length; i++) {
      values[i] = Byte.toUnsignedInt(BYTES[first * PIXELS + i]) / 255f;
    }
    return Array.of(values, count, 32, 32, 3);
  }
}
