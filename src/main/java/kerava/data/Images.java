package kerava.data;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import kerava.files.Limits;
import kerava.files.SmallFile;
import kerava.graph.Array;
import kerava.images.ColorMode;
import kerava.images.ImageDecoder;
import kerava.images.ImageException;
import kerava.images.ImageSize;
import kerava.images.Preprocessing;
import org.tensorflow.ndarray.Shape;

/**
 * Reads image files (PNG, JPEG, BMP, GIF) into numbers, as Keras' image_dataset_from_directory
 * does.
 *
 * <p>Opacity is dropped where colours alone are wanted, colour profiles and a turn that a camera
 * noted in the file are passed over, and resizing does not smooth fine patterns away, all as in
 * Keras.
 */
public final class Images {
  private Images() {}

  /**
   * Reads one image file as a model gets it.
   *
   * @param file the image file
   * @param how the model's own value, {@code model.preprocessing()}
   * @return FLOAT32 of shape (height, width, channels), scaled
   * @throws DatasetException if the file is not an image that can be read
   * @throws IOException if reading fails
   * @throws IllegalArgumentException if no size is said
   */
  public static Array read(Path file, Preprocessing how) throws IOException {
    return how.scaling().apply(pixels(file, how));
  }

  /**
   * Reads the pixels of one image file in the size that a model takes, before they are scaled.
   *
   * @param how the model's own value, {@code model.preprocessing()}
   * @return FLOAT32 from 0 to 255, of shape (height, width, channels)
   * @throws DatasetException if the file is not an image that can be read
   * @throws IOException if reading fails
   * @throws IllegalArgumentException if no size is said
   */
  public static Array pixels(Path file, Preprocessing how) throws IOException {
    return pixels(file, SmallFile.bytes(existing(file), Limits.FILE_BYTES), how);
  }

  /**
   * Reads the pixels of one image file, in the size that it has.
   *
   * @return UINT8 of shape (height, width, channels)
   * @throws DatasetException if the file is not an image that can be read
   * @throws IOException if reading fails
   */
  public static Array decode(Path file, ColorMode mode) throws IOException {
    return decode(file, SmallFile.bytes(existing(file), Limits.FILE_BYTES), mode);
  }

  /**
   * The pixels of an image in the size that a model takes; those of the same image in a PNG file.
   *
   * @return FLOAT32 from 0 to 255, of shape (height, width, channels)
   * @throws IllegalArgumentException if no size is said
   */
  public static Array pixels(BufferedImage image, Preprocessing how) {
    try (ByteArrayOutputStream file = new ByteArrayOutputStream()) {
      if (!ImageIO.write(image, "png", file)) {
        ImageIO.write(colours(image), "png", file);
      }
      return pixels(Path.of("image.png"), file.toByteArray(), how);
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  /** Kinds of images that PNG does not have, such as printers take, in red, green, blue. */
  private static BufferedImage colours(BufferedImage image) {
    BufferedImage colours =
        new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
    Graphics2D canvas = colours.createGraphics();
    canvas.drawImage(image, 0, 0, null);
    canvas.dispose();
    return colours;
  }

  /**
   * The shape of an image in the size that a model takes.
   *
   * @throws IllegalArgumentException if no size is said
   */
  static Shape shape(Preprocessing how) {
    ImageSize size =
        how.size()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "Images: expected a preprocessing with an image size, got one of any size."
                            + " Preprocessing.of(height, width) has one."));
    return Shape.of(size.height(), size.width(), how.colorMode().channels());
  }

  private static Path existing(Path file) throws DatasetException {
    ImageHeader.requireFile(file);
    return file;
  }

  /** UINT8 of shape (height, width, channels), in the size that the file has. */
  static Array decode(Path file, byte[] bytes, ColorMode mode) throws IOException {
    checkPixels(file, bytes);
    try {
      return ImageDecoder.decode(bytes, mode);
    } catch (ImageException e) {
      throw refused(file, e);
    }
  }

  /** FLOAT32 from 0 to 255 of shape (height, width, channels), in the size that is wanted. */
  static Array pixels(Path file, byte[] bytes, Preprocessing how) throws IOException {
    checkPixels(file, bytes);
    shape(how);
    try {
      return ImageDecoder.load(bytes, how);
    } catch (ImageException e) {
      throw refused(file, e);
    }
  }

  /** Pixels as bytes, the nearest ones. */
  static byte[] bytes(float[] pixels) {
    byte[] bytes = new byte[pixels.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) Math.max(0, Math.min(255, Math.round(pixels[i])));
    }
    return bytes;
  }

  /** Whether bytes begin as an image file does. */
  static boolean isImage(byte[] bytes) {
    return ImageHeader.begins(bytes);
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
