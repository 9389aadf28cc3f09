package kerava.data;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import kerava.data.images.ImageHeader;
import kerava.data.images.ImagePixels;
import kerava.files.DatasetException;
import kerava.files.Limits;
import kerava.files.SmallFile;
import kerava.graph.Array;
import kerava.images.ColorMode;
import kerava.images.Preprocessing;

/**
 * Reads image files (PNG, JPEG, BMP, GIF) into numbers, as Keras' image_dataset_from_directory
 * does.
 *
 * <p>Opacity is dropped where colours alone are wanted, colour profiles and a turn that a camera
 * noted in the file are left out of account, and resizing does not smooth fine patterns away, all
 * as in Keras.
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
    return ImagePixels.resized(file, SmallFile.bytes(existing(file), Limits.FILE_BYTES), how);
  }

  /**
   * Reads the pixels of one image file, in the size that it has.
   *
   * @return UINT8 of shape (height, width, channels)
   * @throws DatasetException if the file is not an image that can be read
   * @throws IOException if reading fails
   */
  public static Array decode(Path file, ColorMode mode) throws IOException {
    return ImagePixels.decoded(file, SmallFile.bytes(existing(file), Limits.FILE_BYTES), mode);
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
      return ImagePixels.resized(Path.of("image.png"), file.toByteArray(), how);
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

  private static Path existing(Path file) throws DatasetException {
    ImageHeader.requireFile(file);
    return file;
  }
}
