package kerava.saving.hdf5;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import kerava.graph.Half;

/**
 * The type of numbers or texts in an HDF5 file.
 *
 * @param kind what they are
 * @param bytes how many one of them takes
 * @param order in which the bytes of a number stand
 * @param padding of texts: what fills their places up
 */
record Hdf5Type(Kind kind, long bytes, ByteOrder order, int padding) {
  /** The kinds that are read, and any other. */
  enum Kind {
    FLOAT,
    SIGNED,
    UNSIGNED,
    TEXT,
    /** A text of any length, which stands in a heap. */
    HEAP_TEXT,
    OTHER
  }

  /** Of floats of 2, 4 and 8 bytes: where exponent and fraction stand, and how long they are. */
  private static final int[][] IEEE = {{10, 5, 0, 10}, {23, 8, 0, 23}, {52, 11, 0, 52}};

  static final int ZERO_ENDS = 0;
  static final int SPACES_FILL = 2;

  static Hdf5Type read(Hdf5Bytes file, long at) {
    int flags = file.u8(at + 1);
    long size = file.u32(at + 4);
    ByteOrder order = (flags & 1) == 0 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    Kind kind =
        switch (file.u8(at) & 0xf) {
          case 0 -> whole(file, at, size, flags);
          case 1 -> isIeee(file, at, size, flags) ? Kind.FLOAT : Kind.OTHER;
          case 3 -> Kind.TEXT;
          case 9 -> (flags & 0xf) == 1 ? Kind.HEAP_TEXT : Kind.OTHER;
          default -> Kind.OTHER;
        };
    return new Hdf5Type(kind, size, order, kind == Kind.HEAP_TEXT ? ZERO_ENDS : flags & 0xf);
  }

  private static Kind whole(Hdf5Bytes file, long at, long size, int flags) {
    boolean plain =
        (size == 1 || size == 2 || size == 4 || size == 8)
            && file.u16(at + 8) == 0
            && file.u16(at + 10) == size * Byte.SIZE;
    return !plain ? Kind.OTHER : (flags & 8) != 0 ? Kind.SIGNED : Kind.UNSIGNED;
  }

  private static boolean isIeee(Hdf5Bytes file, long at, long size, int flags) {
    int row = size == 2 ? 0 : size == 4 ? 1 : size == 8 ? 2 : -1;
    if (row < 0 || (flags & 0x40) != 0) {
      return false;
    }
    for (int i = 0; i < 4; i++) {
      if (file.u8(at + 12 + i) != IEEE[row][i]) {
        return false;
      }
    }
    return file.u16(at + 8) == 0 && file.u16(at + 10) == size * Byte.SIZE;
  }

  /** Whether weights may be of it. */
  boolean isNumber() {
    return kind == Kind.FLOAT
        || (kind == Kind.SIGNED && bytes >= Integer.BYTES)
        || (kind == Kind.UNSIGNED && bytes <= Integer.BYTES);
  }

  /** NumPy's name: {@code float32}. */
  String numpyName() {
    return switch (kind) {
      case FLOAT -> "float" + bytes * Byte.SIZE;
      case SIGNED -> "int" + bytes * Byte.SIZE;
      case UNSIGNED -> "uint" + bytes * Byte.SIZE;
      default -> "other";
    };
  }

  /** Numbers as float32. */
  float[] floats(ByteBuffer numbers) {
    numbers.order(order);
    float[] values = new float[(int) (numbers.remaining() / bytes)];
    if (kind == Kind.FLOAT && bytes == Float.BYTES) {
      numbers.asFloatBuffer().get(values);
      return values;
    }
    for (int i = 0; i < values.length; i++) {
      values[i] = kind == Kind.FLOAT ? real(numbers) : (float) whole(numbers);
    }
    return values;
  }

  private float real(ByteBuffer numbers) {
    return bytes == 2 ? Half.toFloat(numbers.getShort()) : (float) numbers.getDouble();
  }

  /** The next number, which is whole. */
  long whole(ByteBuffer numbers) {
    boolean signed = kind == Kind.SIGNED;
    return switch ((int) bytes) {
      case 1 -> signed ? numbers.get() : numbers.get() & 0xff;
      case 2 -> signed ? numbers.getShort() : numbers.getShort() & 0xffff;
      case 4 -> signed ? numbers.getInt() : numbers.getInt() & 0xffffffffL;
      default -> numbers.getLong();
    };
  }
}
