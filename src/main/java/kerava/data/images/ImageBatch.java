package kerava.data.images;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ObjIntConsumer;
import java.util.stream.IntStream;
import kerava.files.Limits;
import kerava.files.SmallFile;
import kerava.graph.Array;
import kerava.graph.Rows;
import kerava.images.Preprocessing;
import org.tensorflow.ndarray.Shape;

/** Reads image files into one array, several at a time. */
public final class ImageBatch {
  private final Preprocessing how;
  private final boolean keepsBytes;

  /**
   * Reads images as a model expects them.
   *
   * @param how with a size
   * @param keepsBytes whether every image has that size, so that its pixels stay bytes
   */
  public ImageBatch(Preprocessing how, boolean keepsBytes) {
    this.how = how;
    this.keepsBytes = keepsBytes;
  }

  /** UINT8 or FLOAT32 from 0 to 255, of shape (files, height, width, channels). */
  public Array read(List<Path> files) {
    Shape one = ImagePixels.shape(how);
    int length = Rows.length(one);
    int all = Rows.length(one.prepend(files.size()));
    long[] dimensions = one.prepend(files.size()).asArray();
    if (keepsBytes) {
      byte[] bytes = new byte[all];
      each(files, (image, i) -> System.arraycopy(image.bytes(), 0, bytes, i * length, length));
      return Array.of(bytes, dimensions);
    }
    float[] pixels = new float[all];
    each(files, (image, i) -> System.arraycopy(image.floats(), 0, pixels, i * length, length));
    return Array.of(pixels, dimensions);
  }

  private void each(List<Path> files, ObjIntConsumer<Array> place) {
    IntStream.range(0, files.size()).parallel().forEach(i -> place.accept(image(files.get(i)), i));
  }

  private Array image(Path file) {
    try {
      ImageHeader.requireFile(file);
      byte[] bytes = SmallFile.bytes(file, Limits.FILE_BYTES);
      return keepsBytes
          ? ImagePixels.decoded(file, bytes, how.colorMode())
          : ImagePixels.resized(file, bytes, how);
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }
}
