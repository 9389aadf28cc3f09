package kerava.data;

import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import kerava.graph.Array;
import org.tensorflow.ndarray.Shape;

/** The images of another data set, some of them mirrored left to right. */
final class MirroredDataset extends DatasetView {
  private final IntPredicate which;

  MirroredDataset(Dataset base, IntPredicate which) {
    super(base);
    if (base.inputShape().numDimensions() != 3) {
      throw new IllegalArgumentException(
          "Dataset mirrored: expected images (height, width, channels), got samples of shape "
              + base.inputShape()
              + ".");
    }
    Shape labels = base.take(1).labels().shape();
    if (labels.numDimensions() > 2) {
      throw new IllegalArgumentException(
          "Dataset mirrored: expected labels that stay right of a mirrored image, got maps, of shape "
              + labels
              + ".");
    }
    this.which = which;
  }

  @Override
  public Array inputs(int[] indices) {
    return mirrored(base.inputs(indices), indices);
  }

  @Override
  public Array inputs() {
    return mirrored(base.inputs(), IntStream.range(0, size()).toArray());
  }

  private Array mirrored(Array images, int[] indices) {
    return images.type() == Array.Type.UINT8
        ? Array.of(rows(images.bytes(), images.bytes().clone(), indices), images.shape().asArray())
        : Array.of(
            rows(images.floats(), images.floats().clone(), indices), images.shape().asArray());
  }

  // System.arraycopy takes any primitive array as an Object, which spares one copy loop a type.
  @SuppressWarnings("SuspiciousSystemArraycopy")
  private <T> T rows(T from, T to, int[] indices) {
    Shape image = inputShape();
    int height = Math.toIntExact(image.get(0));
    int width = Math.toIntExact(image.get(1));
    int channels = Math.toIntExact(image.get(2));
    for (int i = 0; i < indices.length; i++) {
      if (which.test(indices[i])) {
        for (int row = i * height; row < (i + 1) * height; row++) {
          for (int x = 0; x < width; x++) {
            int there = (row * width + width - 1 - x) * channels;
            System.arraycopy(from, (row * width + x) * channels, to, there, channels);
          }
        }
      }
    }
    return to;
  }
}
