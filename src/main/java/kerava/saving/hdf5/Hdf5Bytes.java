package kerava.saving.hdf5;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The bytes of an HDF5 file, and how many of them were taken.
 *
 * <p>In a sound file no two structures, names, texts or arrays share bytes. So each of these is
 * read once, and all of a kind together are no longer than the file: what a file makes Java
 * allocate follows its size, however often its parts refer to each other.
 */
final class Hdf5Bytes {
  /** What stands for no address. */
  static final long NONE = -1;

  private final ByteBuffer content;
  private final long size;
  private long base;
  private int offsetWidth = Long.BYTES;
  private int lengthWidth = Long.BYTES;

  private long structure;
  private long text;
  private long numbers;

  /** What stands in the file does not follow the format. */
  static final class Damage extends RuntimeException {
    private static final long serialVersionUID = 1;

    Damage(String found) {
      super(found, null, false, false);
    }
  }

  Hdf5Bytes(byte[] content) {
    this.content = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    this.size = content.length;
  }

  /** How wide addresses and lengths are, and where addresses count from. */
  void widths(int offsets, int lengths) {
    offsetWidth = width(offsets);
    lengthWidth = width(lengths);
  }

  private static int width(int bytes) {
    if (bytes != 2 && bytes != 4 && bytes != 8) {
      throw new Damage("addresses of " + bytes + " bytes");
    }
    return bytes;
  }

  /** Where addresses count from. */
  void base(long at) {
    base = at;
  }

  int offsetWidth() {
    return offsetWidth;
  }

  int lengthWidth() {
    return lengthWidth;
  }

  long size() {
    return size;
  }

  /** Refuses what does not lie within the file. */
  private int within(long at, long length) {
    if (at < 0 || length < 0 || at > size - length) {
      throw new Damage("an address outside of the file");
    }
    return (int) at;
  }

  int u8(long at) {
    return content.get(within(at, 1)) & 0xff;
  }

  int u16(long at) {
    return content.getShort(within(at, 2)) & 0xffff;
  }

  long u32(long at) {
    return content.getInt(within(at, 4)) & 0xffffffffL;
  }

  /** A number of 1 to 8 bytes, of which 2^63 is too large. */
  long number(long at, int width) {
    long value = 0;
    for (int i = width - 1; i >= 0; i--) {
      value = value << 8 | u8(at + i);
    }
    if (value < 0) {
      throw new Damage("a number above 2^63");
    }
    return value;
  }

  long length(long at) {
    return number(at, lengthWidth);
  }

  /** An address as a place in this file, or {@link #NONE}. */
  long address(long at) {
    boolean none = true;
    for (int i = 0; i < offsetWidth; i++) {
      none &= u8(at + i) == 0xff;
    }
    if (none) {
      return NONE;
    }
    long address = number(at, offsetWidth);
    if (address > size - base) {
      throw new Damage("an address outside of the file");
    }
    return base + address;
  }

  boolean reads(long at, String letters) {
    for (int i = 0; i < letters.length(); i++) {
      if (u8(at + i) != letters.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  void require(long at, String letters) {
    if (!reads(at, letters)) {
      throw new Damage("no " + letters);
    }
  }

  /** Takes a structure of so many bytes. */
  void take(long at, long length) {
    within(at, length);
    structure += length;
    requireOnce(structure);
  }

  private void requireOnce(long taken) {
    if (taken > size) {
      throw new Damage("parts that share their bytes");
    }
  }

  /** Takes a text; Keras marks texts as ASCII that are UTF-8, which ASCII is as well. */
  String text(long at, long length) {
    int start = within(at, length);
    text += length;
    requireOnce(text);
    return new String(content.array(), start, (int) length, StandardCharsets.UTF_8);
  }

  /** How many bytes there are before the first that is zero. */
  long untilZero(long at, long most) {
    for (long i = 0; i < most; i++) {
      if (u8(at + i) == 0) {
        return i;
      }
    }
    return most;
  }

  /** How many bytes there are without those of one value at the end. */
  long without(int value, long at, long length) {
    long rest = length;
    while (rest > 0 && u8(at + rest - 1) == value) {
      rest--;
    }
    return rest;
  }

  /** Takes numbers; those of normalization layers are looked at twice. */
  ByteBuffer numbers(long at, long length) {
    int start = within(at, length);
    numbers += length;
    requireOnce(numbers / 2);
    return content.slice(start, (int) length);
  }
}
