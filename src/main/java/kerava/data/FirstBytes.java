package kerava.data;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a file is by its first bytes, in the words of people who meet one. */
final class FirstBytes {
  private static final int SOME = 512;

  private static final Map<String, String> STARTS = new LinkedHashMap<>();

  static {
    STARTS.put("\u0089PNG\r\n", "PNG");
    STARTS.put("\u00ff\u00d8\u00ff", "JPEG");
    STARTS.put("GIF87a", "GIF");
    STARTS.put("GIF89a", "GIF");
    STARTS.put("BM", "BMP");
    STARTS.put("II*\0", "a TIFF");
    STARTS.put("MM\0*", "a TIFF");
    STARTS.put("II+\0", "a TIFF");
    STARTS.put("MM\0+", "a TIFF");
    STARTS.put("8BPS", "a Photoshop file");
    STARTS.put("%PDF", "a PDF");
    STARTS.put("PK\3\4", "a zip archive");
    STARTS.put("\u001f\u008b", "a gzip archive");
    STARTS.put("Rar!", "a RAR archive");
    STARTS.put("7z\u00bc\u00af", "a 7z archive");
    STARTS.put("\u0000\u0005\u0016\u0007", "macOS' notes on a file of that name (AppleDouble)");
    STARTS.put("\u0000\u0000\u0001\u0000", "an icon (ICO)");
    STARTS.put("\u0000\u0000\u0000\u000cJXL ", "a JPEG XL");
    STARTS.put("\u00ff\n", "a JPEG XL");
    STARTS.put("\u0000\u0000\u0000\u000cjP  ", "a JPEG 2000");
    STARTS.put("\u00ffO\u00ffQ", "a JPEG 2000");
    STARTS.put("\u0093NUMPY", "an array of NumPy (.npy)");
    STARTS.put("\u0089HDF", "an HDF5 file");
    STARTS.put(
        "version https://git-lfs", "a pointer of Git LFS. Fetch the file itself: git lfs pull");
  }

  private FirstBytes() {}

  /**
   * {@code PNG}, {@code JPEG}, {@code GIF} or {@code BMP}, or what else it is, with its article.
   */
  static String kind(ImageBytes bytes) throws IOException {
    if (bytes.size() == 0) {
      return "an empty file";
    }
    for (Map.Entry<String, String> start : STARTS.entrySet()) {
      if (bytes.reads(0, start.getKey())) {
        return start.getValue();
      }
    }
    return bytes.reads(0, "RIFF")
        ? riff(bytes)
        : bytes.reads(4, "ftyp") ? media(bytes) : text(bytes);
  }

  private static String riff(ImageBytes bytes) throws IOException {
    return bytes.reads(8, "WEBP")
        ? "a WebP, which TensorFlow 2.18 does not read. Convert it to PNG or JPEG"
        : "a sound or a video (RIFF)";
  }

  private static String media(ImageBytes bytes) throws IOException {
    if (bytes.reads(8, "avi")) {
      return "an AVIF. Convert it to PNG or JPEG";
    }
    for (String brand : List.of("hei", "hev", "mif1", "msf1")) {
      if (bytes.reads(8, brand)) {
        return "a HEIC. Convert it to PNG or JPEG";
      }
    }
    return "a video (MP4)";
  }

  private static String text(ImageBytes bytes) throws IOException {
    StringBuilder start = new StringBuilder();
    int zeros = 0;
    for (int i = 0; i < Math.min(SOME, bytes.size()); i++) {
      zeros += bytes.at(i) == 0 ? 1 : 0;
      start.append((char) bytes.at(i));
    }
    if (zeros == start.length()) {
      return bytes.size() + " bytes that begin with zeros. Copy or download it again";
    }
    String letters =
        start.toString().replace("\u00ef\u00bb\u00bf", "").strip().toLowerCase(Locale.ROOT);
    if (letters.startsWith("<!doctype html") || letters.startsWith("<html")) {
      return "a web page (HTML). A download answered with a page instead of the image";
    }
    if (letters.contains("<svg")) {
      return "an SVG. Convert it to PNG or JPEG";
    }
    if (letters.startsWith("<")) {
      return "XML or HTML";
    }
    return letters.startsWith("{")
        ? "JSON"
        : bytes.size() + " bytes of something else. Is it complete?";
  }
}
