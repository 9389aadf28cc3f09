package kerava.files;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * The first bytes of a file, by which its kind is known: magic numbers, or what texts begin with.
 */
final class FileSignature {
  private static final int NAME = 64;
  private static final int TAR = 257;
  private static final int ZEROS = 512;

  private final byte[] content;
  private final long size;

  /**
   * The signature of a file.
   *
   * @param content its first bytes
   * @param size the number of bytes of the whole
   */
  FileSignature(byte[] content, long size) {
    this.content = content;
    this.size = size;
  }

  int length() {
    return content.length;
  }

  /** The value of a byte; -1 beyond the end. */
  int unsigned(int index) {
    return index < content.length ? content[index] & 0xff : -1;
  }

  /** Whether it begins with some bytes. */
  boolean bytes(int... values) {
    for (int i = 0; i < values.length; i++) {
      if (unsigned(i) != values[i]) {
        return false;
      }
    }
    return true;
  }

  /** Whether it begins with some letters. */
  boolean text(String letters) {
    return at(0, letters);
  }

  /** Whether some letters stand at a place. */
  boolean at(int offset, String letters) {
    for (int i = 0; i < letters.length(); i++) {
      if (unsigned(offset + i) != letters.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** It as a text, without what may stand before the first letter. */
  String trimmed() {
    return new String(content, StandardCharsets.UTF_8).replaceFirst("^[\\uFEFF\\s]+", "");
  }

  /** Whether nothing in it is unusual in texts. */
  boolean isText() {
    for (byte value : content) {
      if (value >= 0 && value < ' ' && value != '\n' && value != '\r' && value != '\t') {
        return false;
      }
    }
    String text = new String(content, StandardCharsets.UTF_8);
    // The last letter may be cut.
    int strange = text.indexOf('\uFFFD');
    return strange < 0 || strange >= text.length() - 1;
  }

  boolean isHtml() {
    String text = trimmed().toLowerCase(Locale.ROOT).replaceFirst("(?s)^(<!--.*?-->\\s*)+", "");
    return text.startsWith("<!doctype html")
        || text.startsWith("<html")
        || text.startsWith("<head");
  }

  boolean isSvg() {
    return isText() && trimmed().startsWith("<") && trimmed().contains("<svg");
  }

  boolean isHeic() {
    return List.of("hei", "hev", "mif1", "msf1").stream().anyMatch(brand -> at(4, "ftyp" + brand));
  }

  /** In either byte order, with offsets of 32 or 64 bits. */
  boolean isTiff() {
    return bytes('I', 'I', '*', 0)
        || bytes('M', 'M', 0, '*')
        || bytes('I', 'I', '+', 0)
        || bytes('M', 'M', 0, '+');
  }

  boolean isZeros() {
    for (int i = 0; i < Math.min(ZEROS, content.length); i++) {
      if (content[i] != 0) {
        return false;
      }
    }
    return true;
  }

  /**
   * Its mark stands in front, or behind a block for the user, whose size doubles from 512 bytes.
   */
  boolean isHdf5() {
    for (int at = 0; at < content.length; at = at == 0 ? 512 : at * 2) {
      if (unsigned(at) == 0x89 && at(at + 1, "HDF\r\n\u001a\n")) {
        return true;
      }
    }
    return false;
  }

  /**
   * The version of the format, which a SavedModel has as 1, and then the writer's name or the
   * graph.
   */
  boolean isOnnx() {
    int next = unsigned(2);
    return unsigned(0) == 8
        && unsigned(1) >= 2
        && unsigned(1) < 32
        && (next == 0x12 || next == 0x1a || next == 0x22 || next == 0x3a || next == 0x42);
  }

  /** A first node that begins with its name. */
  boolean isGraph() {
    if (unsigned(0) != 0x0a) {
      return false;
    }
    int at = 1;
    while (unsigned(at) >= 0x80 && at < 5) {
      at++;
    }
    int letters = unsigned(at + 2);
    if (unsigned(at + 1) != 0x0a || letters <= 0 || letters > NAME) {
      return false;
    }
    for (int i = 0; i < letters; i++) {
      int letter = unsigned(at + 3 + i);
      if (letter < ' ' || letter > '~') {
        return false;
      }
    }
    return unsigned(at + 3 + letters) == 0x12;
  }

  /** The length of its table of contents, and the table. */
  boolean isSafetensors() {
    if (content.length <= Long.BYTES || unsigned(Long.BYTES) != '{') {
      return false;
    }
    long table = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN).getLong();
    return table > 0 && table <= size - Long.BYTES;
  }

  boolean isPacked() {
    return bytes(0x1f, 0x8b)
        || text("BZh")
        || bytes(0xfd, '7', 'z', 'X', 'Z')
        || bytes('7', 'z', 0xbc, 0xaf)
        || text("Rar!")
        || bytes(0x28, 0xb5, 0x2f, 0xfd)
        || at(TAR, "ustar");
  }

  /** A length and its checksum. */
  boolean isRecord() {
    if (content.length < RecordWriter.HEAD) {
      return false;
    }
    ByteBuffer numbers = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    int sum = Checksum.of(ByteBuffer.wrap(content, 0, Long.BYTES));
    return sum == numbers.getInt(Long.BYTES);
  }
}
