package kerava.data.images;

import java.io.IOException;
import java.nio.file.Path;
import kerava.files.DatasetException;
import kerava.files.Limits;
import kerava.graph.Array;
import kerava.images.ColorMode;
import kerava.images.ImageDecoder;
import kerava.images.ImageException;
import kerava.images.ImageSize;
import kerava.images.Preprocessing;
import org.tensorflow.ndarray.Shape;

/** The pixels of image files of which the bytes are at hand. */
public final class ImagePixels {
  private ImagePixels() {}

  /**
   * The shape of an image in the size that a model takes.
   *
   * @throws IllegalArgumentException if no size is said
   */
  public static Shape shape(Preprocessing how) {
    ImageSize size =
        how.size()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "Images: expected a preprocessing with an image size, got one of any size."
                            + " Preprocessing.of(height, width) has one."));
    return Shape.of(size.height(), size.width(), how.colorMode().channels());
  }

  /** UINT8 of shape (height, width, channels), in the size that the file has. */
  public static Array decoded(Path file, byte[] bytes, ColorMode mode) throws IOException {
    checkPixels(file, bytes);
    try {
      return ImageDecoder.decode(bytes, mode);
    } catch (ImageException e) {
      throw refused(file, e);
    }
  }

  /** FLOAT32 from 0 to 255 of shape (height, width, channels), in the size that is wanted. */
  public static Array resized(Path file, byte[] bytes, Preprocessing how) throws IOException {
    checkPixels(file, bytes);
    shape(how);
    try {
      return ImageDecoder.load(bytes, how);
    } catch (ImageException e) {
      throw refused(file, e);
    }
  }

  /** Pixels as bytes, the nearest ones. */
  public static byte[] bytes(float[] pixels) {
    byte[] bytes = new byte[pixels.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) Math.max(0, Math.min(255, Math.round(pixels[i])));
    }
    return bytes;
  }

  private static DatasetException refused(Path file, ImageException problem) {
    return new DatasetException(file, String.valueOf(problem.getMessage()), problem);
  }

  private static void checkPixels(Path file, byte[] bytes) throws DatasetException {
    ImageHeader header = ImageHeader.of(file, bytes);
    if (!ImageSize.isPossible(header.height(), header.width())) {
      throw new DatasetException(
          file,
          "expected an image of at most %d pixels, got %d. -Dkerava.limits.pixels says how many."
              .formatted(Limits.current().pixels(), (long) header.width() * header.height()));
    }
  }
}
