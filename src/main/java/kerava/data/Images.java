package kerava.data;

import java.awt.Color;
import java.awt.Dimension;
import java.awt.Graphics2D;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import kerava.graph.Array;
import net.coobird.thumbnailator.resizers.DefaultResizerFactory;

/** Reads image files (PNG, JPEG, BMP, GIF) into pixels as a model takes them. */
public final class Images {
  static final int CHANNELS = 3;

  /** A decoded image takes four bytes a pixel: 400 MB at this size. */
  private static final long MAX_PIXELS = 100_000_000;

  /** The first bytes of PNG, JPEG, BMP and GIF. */
  private static final List<byte[]> SIGNATURES =
      List.of(
          new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n'},
          new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff},
          new byte[] {'B', 'M'},
          new byte[] {'G', 'I', 'F', '8'});

  private Images() {}

  /**
   * Reads one image file, resized if it has another size.
   *
   * <p>Grey becomes three equal channels, transparent parts become white, a turn that a camera
   * noted in the file is not applied (Keras does not apply it either). An image that has the size
   * already keeps every pixel as it is; others are resized without keeping their proportions,
   * bilinearly and, where they shrink to less than half, in several steps, so that fine patterns do
   * not turn into noise.
   *
   * @param file the image file
   * @param height the height wanted, in pixels, at least 1
   * @param width the width wanted, in pixels, at least 1
   * @return UINT8 of shape (height, width, 3), red, green, blue
   * @throws DatasetException if the file is not an image that can be read
   * @throws IOException if reading fails
   */
  public static Array read(Path file, int height, int width) throws IOException {
    checkSize(height, width);
    return Array.of(pixels(file, height, width), height, width, CHANNELS);
  }

  static void checkSize(int height, int width) {
    if (height < 1 || width < 1 || (long) height * width > MAX_PIXELS) {
      throw new IllegalArgumentException(
          ("Images: expected a height and width of at least 1 and at most %d pixels in all,"
                  + " got %d and %d.")
              .formatted(MAX_PIXELS, height, width));
    }
  }

  static byte[] pixels(Path file, int height, int width) throws IOException {
    return pixels(file, bytes(file), height, width);
  }

  /** Whether bytes begin as an image file does. */
  static boolean isImage(byte[] bytes) {
    return SIGNATURES.stream()
        .anyMatch(
            start ->
                bytes.length >= start.length
                    && Arrays.equals(start, 0, start.length, bytes, 0, start.length));
  }

  /** The pixels of the image that some bytes of a file are. */
  static byte[] pixels(Path file, byte[] bytes, int height, int width) throws IOException {
    BufferedImage image = opaque(decode(file, bytes));
    if (image.getHeight() != height || image.getWidth() != width) {
      BufferedImage resized = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
      DefaultResizerFactory.getInstance()
          .getResizer(
              new Dimension(image.getWidth(), image.getHeight()), new Dimension(width, height))
          .resize(image, resized);
      image = resized;
    }
    int[] packed = image.getRGB(0, 0, width, height, new int[height * width], 0, width);
    byte[] pixels = new byte[packed.length * CHANNELS];
    for (int i = 0; i < packed.length; i++) {
      pixels[CHANNELS * i] = (byte) (packed[i] >> 16);
      pixels[CHANNELS * i + 1] = (byte) (packed[i] >> 8);
      pixels[CHANNELS * i + 2] = (byte) packed[i];
    }
    return pixels;
  }

  private static byte[] bytes(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new DatasetException(
          file,
          "expected an image file, got "
              + (Files.exists(file) ? "a folder" : "nothing at " + file)
              + ".");
    }
    return Files.readAllBytes(file);
  }

  private static BufferedImage decode(Path file, byte[] bytes) throws IOException {
    try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        throw new DatasetException(
            file,
            ("expected an image (PNG, JPEG, BMP or GIF), got %d bytes of something else. Is"
                    + " it complete?")
                .formatted(bytes.length));
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(in, true, true);
        checkPixels(file, (long) reader.getWidth(0) * reader.getHeight(0));
        return read(reader, file);
      } catch (DatasetException e) {
        throw e;
      } catch (IOException | RuntimeException e) {
        // Decoders meet damaged files with all kinds of unchecked exceptions.
        throw new DatasetException(
            file, "expected an image that can be read, got: " + e.getMessage() + ".", e);
      } finally {
        reader.dispose();
      }
    }
  }

  private static BufferedImage read(ImageReader reader, Path file) throws IOException {
    List<String> warnings = new ArrayList<>();
    reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
    BufferedImage image = reader.read(0);
    for (String warning : warnings) {
      // Java paints the missing part of a JPEG grey, and only warns.
      if (warning.contains("Truncated") || warning.contains("premature end")) {
        throw new DatasetException(
            file, "expected an image that can be read, got: " + warning + ". Is it complete?");
      }
    }
    return image;
  }

  private static void checkPixels(Path file, long pixels) throws DatasetException {
    if (pixels > MAX_PIXELS) {
      throw new DatasetException(
          file, "expected an image of at most %d pixels, got %d.".formatted(MAX_PIXELS, pixels));
    }
  }

  private static BufferedImage opaque(BufferedImage image) {
    BufferedImage opaque =
        new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
    ColorModel colours = image.getColorModel();
    if (colours.getColorSpace().getType() == ColorSpace.TYPE_GRAY && !colours.hasAlpha()) {
      copyGrey(image, opaque);
      return opaque;
    }
    Graphics2D canvas = opaque.createGraphics();
    canvas.drawImage(image, 0, 0, Color.WHITE, null);
    canvas.dispose();
    return opaque;
  }

  /** Takes grey as it is written: Java would take it for linear light and make it brighter. */
  private static void copyGrey(BufferedImage image, BufferedImage to) {
    Raster raster = image.getRaster();
    int width = image.getWidth();
    int shift = Math.max(0, raster.getSampleModel().getSampleSize(0) - 8);
    int[] row = new int[width];
    for (int y = 0; y < image.getHeight(); y++) {
      raster.getSamples(0, y, width, 1, 0, row);
      for (int x = 0; x < width; x++) {
        row[x] = (row[x] >> shift) * 0x010101;
      }
      to.setRGB(0, y, width, 1, row, 0, width);
    }
  }
}
