package kerava.reliability;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;

/** Changes bytes at random, as damaged disks, and people with bad intentions, do. */
final class Damage {
  private static final long[] NUMBERS = {
    0,
    1,
    -1,
    2,
    127,
    128,
    255,
    256,
    32767,
    65535,
    65536,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE,
    0xffffffffL,
    Long.MAX_VALUE,
    Long.MIN_VALUE,
    1L << 32,
    1L << 40,
    1_000_000,
    10_000,
    -2
  };
  private static final int NEAR = 64;

  private Damage() {}

  static long number(Random random) {
    return random.nextInt(4) == 0 ? random.nextLong() : NUMBERS[random.nextInt(NUMBERS.length)];
  }

  /** Some bytes, mostly near each other, a number, a part more or less, or no end. */
  static byte[] bytes(byte[] content, Random random) {
    if (content.length == 0) {
      return new byte[random.nextInt(NEAR)];
    }
    int at = random.nextInt(content.length);
    return switch (random.nextInt(10)) {
      case 0 -> Arrays.copyOf(content, at);
      case 1, 2, 3 -> number(content, at, random);
      case 4 -> copied(content, at, random);
      case 5 -> without(content, at, 1 + random.nextInt(NEAR));
      default -> flipped(content, at, random);
    };
  }

  private static byte[] flipped(byte[] content, int start, Random random) {
    byte[] changed = content.clone();
    for (int i = random.nextInt(8); i >= 0; i--) {
      int at = Math.min(content.length - 1, start + random.nextInt(NEAR));
      changed[at] =
          switch (random.nextInt(4)) {
            case 0 -> (byte) 0xff;
            case 1 -> 0;
            case 2 -> (byte) (changed[at] ^ (1 << random.nextInt(8)));
            default -> (byte) random.nextInt(256);
          };
    }
    return changed;
  }

  /** A number of 1, 2, 4 or 8 bytes in either order. */
  private static byte[] number(byte[] content, int at, Random random) {
    int width = 1 << random.nextInt(4);
    ByteBuffer number = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    number.putLong(0, number(random));
    byte[] changed = content.clone();
    boolean reversed = random.nextInt(3) == 0;
    for (int i = 0; i < width && at + i < content.length; i++) {
      changed[at + i] = number.get(reversed ? width - 1 - i : i);
    }
    return changed;
  }

  private static byte[] copied(byte[] content, int at, Random random) {
    int from = random.nextInt(content.length);
    int to = Math.min(content.length, from + 1 + random.nextInt(NEAR * 4));
    ByteArrayOutputStream changed = new ByteArrayOutputStream();
    changed.write(content, 0, at);
    changed.write(content, from, to - from);
    changed.write(content, at, content.length - at);
    return changed.toByteArray();
  }

  private static byte[] without(byte[] content, int at, int count) {
    int end = Math.min(content.length, at + count);
    byte[] changed = Arrays.copyOf(content, content.length - (end - at));
    System.arraycopy(content, end, changed, at, content.length - end);
    return changed;
  }

  /** Bytes near one of the words that begin a structure of HDF5's, where the sizes stand. */
  static byte[] hdf5(byte[] content, Random random) {
    if (random.nextInt(3) == 0) {
      return bytes(content, random);
    }
    String[] words = {"TREE", "HEAP", "SNOD", "GCOL", "OHDR", "FRHP", "BTHD", "HDF", "OCHK"};
    int start = random.nextInt(Math.max(1, content.length));
    for (int at = start; at < content.length - 4; at++) {
      for (String word : words) {
        if (matches(content, at, word)) {
          int near = Math.min(content.length - 1, at + random.nextInt(NEAR));
          return random.nextBoolean()
              ? number(content, near, random)
              : flipped(content, near, random);
        }
      }
    }
    return number(content, start, random);
  }

  private static boolean matches(byte[] content, int at, String word) {
    for (int i = 0; i < word.length(); i++) {
      if (content[at + i] != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
