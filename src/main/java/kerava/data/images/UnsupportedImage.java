package kerava.data.images;

import kerava.files.FileKind;

/** What is said of a file that should be an image of the kinds that are read, and is another. */
final class UnsupportedImage {
  private static final String CONVERT = ". Convert it to PNG or JPEG.";

  private UnsupportedImage() {}

  /** The end of a sentence, with advice where there is some. */
  static String sentence(FileKind kind, long bytes) {
    return switch (kind) {
      case LFS_POINTER -> kind.words() + ". Fetch the file itself: git lfs pull.";
      case WEBP -> kind.words() + ", which TensorFlow 2.18 does not read" + CONVERT;
      case AVIF, HEIC, TIFF, JPEG_XL, JPEG_2000, PHOTOSHOP, ICON, SVG -> kind.words() + CONVERT;
      case HTML -> kind.words() + ". A download answered with a page instead of the image.";
      case XML -> "XML or HTML.";
      case JSON -> "JSON.";
      case ZEROS -> bytes + " bytes that begin with zeros. Copy or download it again.";
      case TEXT, OTHER -> bytes + " bytes of something else. Is it complete?";
      default -> kind.words() + ".";
    };
  }
}
