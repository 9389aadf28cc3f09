package kerava.applications;

import kerava.data.Dataset;
import kerava.graph.Array;
import kerava.images.Scaling;
import org.ejml.data.DMatrixRMaj;
import org.tensorflow.ndarray.Shape;

/**
 * The mean and the covariance of the patches of some images, in the order of a convolution's
 * kernel.
 *
 * @param means of each place of a patch, a column
 * @param covariance of each two
 */
record Patches(DMatrixRMaj means, DMatrixRMaj covariance) {
  int size() {
    return means.getNumElements();
  }

  static Patches of(Dataset images, int side) {
    Shape shape = images.inputShape();
    if (images.size() == 0
        || shape.numDimensions() != 3
        || Math.min(shape.get(0), shape.get(1)) < side) {
      throw new IllegalArgumentException(
          "FastNet whitening: expected images (height, width, channels) of at least "
              + side
              + "x"
              + side
              + ", got "
              + images.size()
              + " of "
              + shape
              + ".");
    }
    Sums sums = new Sums(shape, side);
    float[] pixels = pixels(images);
    for (int image = 0; image < images.size(); image++) {
      sums.add(pixels, image);
    }
    return sums.patches();
  }

  private static float[] pixels(Dataset images) {
    Array inputs = images.inputs();
    // As the network gets them, which does not scale pixels itself.
    Array seen = images.pixels() ? Scaling.UNIT.apply(inputs) : inputs;
    return seen.to(Array.Type.FLOAT32).floats();
  }

  /** Adds patches up. */
  private static final class Sums {
    private final int height;
    private final int width;
    private final int channels;
    private final int side;
    private final double[] sums;
    private final double[] products;
    private long count;

    Sums(Shape image, int side) {
      this.height = Math.toIntExact(image.get(0));
      this.width = Math.toIntExact(image.get(1));
      this.channels = Math.toIntExact(image.get(2));
      this.side = side;
      int size = side * side * channels;
      this.sums = new double[size];
      this.products = new double[size * size];
    }

    void add(float[] pixels, int image) {
      float[] patch = new float[sums.length];
      int row = side * channels;
      for (int y = 0; y + side <= height; y++) {
        for (int x = 0; x + side <= width; x++) {
          for (int i = 0; i < side; i++) {
            int start = ((image * height + y + i) * width + x) * channels;
            System.arraycopy(pixels, start, patch, i * row, row);
          }
          add(patch);
        }
      }
    }

    private void add(float[] patch) {
      int size = sums.length;
      for (int i = 0; i < size; i++) {
        sums[i] += patch[i];
        for (int j = i; j < size; j++) {
          products[i * size + j] += (double) patch[i] * patch[j];
        }
      }
      count++;
    }

    Patches patches() {
      int size = sums.length;
      DMatrixRMaj means = new DMatrixRMaj(size, 1);
      for (int i = 0; i < size; i++) {
        means.set(i, sums[i] / count);
      }
      DMatrixRMaj covariance = new DMatrixRMaj(size, size);
      for (int i = 0; i < size; i++) {
        for (int j = i; j < size; j++) {
          double number = products[i * size + j] / count - means.get(i) * means.get(j);
          covariance.set(i, j, number);
          covariance.set(j, i, number);
        }
      }
      return new Patches(means, covariance);
    }
  }
}
