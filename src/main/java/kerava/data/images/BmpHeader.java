package kerava.data.images;

import java.io.IOException;
import java.util.Set;

/** The header of a bitmap, in the old form of OS/2 (16 bits a side) or the one of Windows. */
final class BmpHeader {
  private static final int OLD_HEADER = 12;
  private static final Set<Long> HEADERS = Set.of(12L, 16L, 40L, 52L, 56L, 64L, 108L, 124L);

  private BmpHeader() {}

  static boolean old(ImageBytes bytes) throws IOException {
    return bytes.little(14, 4) == OLD_HEADER;
  }

  /** Whether the header says a length that one of the bitmaps' headers has. */
  static boolean known(ImageBytes bytes) throws IOException {
    return HEADERS.contains(bytes.little(14, 4));
  }

  /** A number of four bytes that may be negative: rows from the top down have such a height. */
  static long signed(ImageBytes bytes, long place) throws IOException {
    return bytes.size() < place + 4 ? 0 : (int) bytes.little(place, 4);
  }

  /** Whether the last row is there; where rows are compressed, whether the size is what is said. */
  static boolean ends(ImageBytes bytes) throws IOException {
    boolean old = old(bytes);
    long compression = old ? 0 : bytes.little(30, 4);
    long width = old ? bytes.little(18, 2) : signed(bytes, 18);
    long height = old ? bytes.little(20, 2) : Math.abs(signed(bytes, 22));
    long bits = bytes.little(old ? 24 : 28, 2);
    if (compression != 0 && compression != 3) {
      return bytes.size() >= bytes.little(2, 4);
    }
    long row = (width * bits + 31) / 32 * 4;
    return bits > 0 && bytes.size() >= bytes.little(10, 4) + row * height;
  }
}
