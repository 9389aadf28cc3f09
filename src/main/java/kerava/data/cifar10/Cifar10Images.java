package kerava.data.cifar10;

import java.nio.file.Path;
import java.util.List;
import kerava.files.DatasetException;
import kerava.graph.Array;

/** Room for some of CIFAR-10's images, filled image by image from either of its formats. */
public final class Cifar10Images {
  static final int PIXELS = 32 * 32;
  static final int CHANNELS = 3;
  static final int IMAGE = PIXELS * CHANNELS;

  /** By class number. */
  public static final List<String> CLASS_NAMES =
      List.of(
          "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");

  private final byte[] pixels;
  private final int[] labels;

  Cifar10Images(int count) {
    pixels = new byte[count * IMAGE];
    labels = new int[count];
  }

  /**
   * Takes in one image, all its red, then all its green, then all its blue, as both formats hold
   * it; here the three colours of a pixel lie together.
   */
  void put(int image, byte[] planes, int offset) {
    int to = image * IMAGE;
    for (int red = offset; red < offset + PIXELS; red++) {
      pixels[to] = planes[red];
      pixels[to + 1] = planes[red + PIXELS];
      pixels[to + 2] = planes[red + 2 * PIXELS];
      to += CHANNELS;
    }
  }

  /** Takes in the label of one image; {@code file} and {@code record} are for the error. */
  void label(int image, int label, Path file, int record) throws DatasetException {
    if (label < 0 || label >= CLASS_NAMES.size()) {
      throw new DatasetException(
          file,
          "expected labels from 0 to 9, got %d in record %d. Is the file damaged?"
              .formatted(label, record));
    }
    labels[image] = label;
  }

  /** Refuses a set that does not hold as many images of one class as of another. */
  void checkBalance(Path files) throws DatasetException {
    int[] counts = new int[CLASS_NAMES.size()];
    for (int label : labels) {
      counts[label]++;
    }
    int expected = labels.length / counts.length;
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] != expected) {
        throw new DatasetException(
            files,
            ("expected %d images of each class, got %d of class %d (%s). Is a file damaged"
                    + " or there twice?")
                .formatted(expected, counts[i], i, CLASS_NAMES.get(i)));
      }
    }
  }

  /** UINT8 of shape (images, 32, 32, 3). */
  public Array pixels() {
    return Array.of(pixels, labels.length, 32, 32, CHANNELS);
  }

  /** INT32 of shape (images). */
  public Array labels() {
    return Array.of(labels, labels.length);
  }
}
