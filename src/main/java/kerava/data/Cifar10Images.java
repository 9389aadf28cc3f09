package kerava.data;

import java.nio.file.Path;
import kerava.graph.Array;

/** Room for some of CIFAR-10's images, filled image by image from either of its formats. */
final class Cifar10Images {
  static final int PIXELS = 32 * 32;
  static final int CHANNELS = 3;
  static final int IMAGE = PIXELS * CHANNELS;

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
    if (label < 0 || label >= Cifar10.classNames().size()) {
      throw new DatasetException(
          file,
          "expected labels from 0 to 9, got %d in record %d. Is the file damaged?"
              .formatted(label, record));
    }
    labels[image] = label;
  }

  /** Refuses a set that does not hold as many images of one class as of another. */
  void checkBalance(Path files) throws DatasetException {
    int[] counts = new int[Cifar10.classNames().size()];
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
                .formatted(expected, counts[i], i, Cifar10.classNames().get(i)));
      }
    }
  }

  Dataset dataset() {
    return new ArrayDataset(
        Array.of(pixels, labels.length, 32, 32, CHANNELS),
        Array.of(labels, labels.length),
        Cifar10.classNames());
  }
}
