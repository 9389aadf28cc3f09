package kerava.data.images;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import kerava.files.DatasetException;
import kerava.files.FileKind;

/**
 * What the first bytes of an image file say: its kind and its size, without decoding it.
 *
 * @param kind by its first bytes, whatever its name ends in
 * @param width in pixels, at least 1
 * @param height in pixels, at least 1; that of the first frame's canvas where there are several
 */
public record ImageHeader(Kind kind, int width, int height) {
  /** The kinds of image files that Keras reads. */
  public enum Kind {
    /** Portable Network Graphics. */
    PNG,
    /** JPEG, baseline and progressive. */
    JPEG,
    /** Graphics Interchange Format. */
    GIF,
    /** Windows' and OS/2's bitmaps. */
    BMP
  }

  private static final Set<FileKind> IMAGES =
      Set.of(FileKind.PNG, FileKind.JPEG, FileKind.GIF, FileKind.BMP);

  /**
   * Reads the header of a file of which the bytes are at hand.
   *
   * @param file what messages call it
   * @param bytes the file, at least as far as its size is said
   * @throws DatasetException if it is no image of these kinds, or ends before its size is said; the
   *     message says what it is instead
   */
  public static ImageHeader of(Path file, byte[] bytes) throws DatasetException {
    try {
      return read(file, ImageBytes.of(bytes));
    } catch (DatasetException e) {
      throw e;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads the header of a file, and no more of it.
   *
   * @throws DatasetException if it is no image of these kinds, or ends before its size is said; the
   *     message says what it is instead
   * @throws IOException if it cannot be read
   */
  public static ImageHeader of(Path file) throws IOException {
    try (ImageBytes bytes = open(file)) {
      return read(file, bytes);
    }
  }

  /**
   * Reads the header of a file and looks whether the file goes on to its end, without reading what
   * lies between: PNG to its chunk IEND, JPEG to its marker EOI, GIF to its trailer, BMP to its
   * last row.
   *
   * @throws DatasetException if it is no image of these kinds, or ends too early
   * @throws IOException if it cannot be read
   */
  public static ImageHeader complete(Path file) throws IOException {
    try (ImageBytes bytes = open(file)) {
      ImageHeader header = read(file, bytes);
      if (!ImageEnd.reached(header.kind, bytes)) {
        throw new DatasetException(
            file,
            "expected a whole %s, got %d bytes that break off. Copy or download it again."
                .formatted(header.kind, bytes.size()));
      }
      return header;
    }
  }

  /**
   * Whether bytes begin as an image of one of the kinds does. Two letters alone make no bitmap:
   * they are a dark colour among bytes of pixels.
   */
  public static boolean begins(byte[] bytes) {
    try {
      ImageBytes image = ImageBytes.of(bytes);
      FileKind kind = image.kind();
      return IMAGES.contains(kind) && (kind != FileKind.BMP || BmpHeader.known(image));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ImageBytes open(Path file) throws IOException {
    requireFile(file);
    try {
      return ImageBytes.open(file);
    } catch (AccessDeniedException e) {
      throw new DatasetException(
          file, "expected a file that you may read, got one that you may not.", e);
    }
  }

  /**
   * Refuses what is no file.
   *
   * @throws DatasetException if there is nothing, or a folder; the message says which
   */
  public static void requireFile(Path file) throws DatasetException {
    if (!Files.isRegularFile(file)) {
      throw new DatasetException(file, "expected an image file, got " + instead(file) + ".");
    }
  }

  private static String instead(Path file) {
    if (Files.isDirectory(file)) {
      return "a folder";
    }
    if (Files.isSymbolicLink(file)) {
      return "a link to nothing";
    }
    return Files.exists(file) ? "a device or a pipe" : "nothing at " + file;
  }

  private static ImageHeader read(Path file, ImageBytes bytes) throws IOException {
    FileKind kind = bytes.kind();
    ImageHeader header =
        switch (kind) {
          case PNG -> new ImageHeader(Kind.PNG, pixels(bytes.big(16, 4)), pixels(bytes.big(20, 4)));
          case GIF ->
              new ImageHeader(Kind.GIF, pixels(bytes.little(6, 2)), pixels(bytes.little(8, 2)));
          case BMP -> bmp(bytes);
          case JPEG -> jpeg(bytes);
          default ->
              throw new DatasetException(
                  file,
                  "expected an image (PNG, JPEG, BMP or GIF), got "
                      + UnsupportedImage.sentence(kind, bytes.size()));
        };
    if (header.width < 1 || header.height < 1) {
      throw new DatasetException(
          file,
          "expected a %s with its width and height, got %d bytes without them. Copy or download it again."
              .formatted(header.kind, bytes.size()));
    }
    return header;
  }

  /** A side as a number of pixels, or 0 where the file says none that is possible. */
  private static int pixels(long value) {
    return value < 1 || value > Integer.MAX_VALUE ? 0 : (int) value;
  }

  private static ImageHeader bmp(ImageBytes bytes) throws IOException {
    if (BmpHeader.old(bytes)) {
      return new ImageHeader(Kind.BMP, pixels(bytes.little(18, 2)), pixels(bytes.little(20, 2)));
    }
    return new ImageHeader(
        Kind.BMP,
        pixels(BmpHeader.signed(bytes, 18)),
        pixels(Math.abs(BmpHeader.signed(bytes, 22))));
  }

  private static ImageHeader jpeg(ImageBytes bytes) throws IOException {
    long frame = JpegMarkers.frame(bytes);
    return frame < 0
        ? new ImageHeader(Kind.JPEG, 0, 0)
        : new ImageHeader(
            Kind.JPEG, pixels(bytes.big(frame + 5, 2)), pixels(bytes.big(frame + 3, 2)));
  }
}
