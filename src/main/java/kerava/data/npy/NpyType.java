package kerava.data.npy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kerava.graph.Array;
import kerava.graph.Half;

/**
 * A type of NumPy's files.
 *
 * @param code NumPy's letter for the kind, and the bytes of a number or character: {@code f4}
 * @param order in which its bytes stand
 * @param length how many characters a text has at most; 1 for numbers
 */
public record NpyType(Code code, ByteOrder order, int length) {
  /** The kinds of values that are read, and what arrays hold them as. */
  public enum Code {
    B1(1, Array.Type.UINT8),
    U1(1, Array.Type.UINT8),
    I1(1, Array.Type.INT32),
    I2(2, Array.Type.INT32),
    U2(2, Array.Type.INT32),
    I4(4, Array.Type.INT32),
    U4(4, Array.Type.INT64),
    I8(8, Array.Type.INT64),
    U8(8, Array.Type.INT64),
    F2(2, Array.Type.FLOAT32),
    F4(4, Array.Type.FLOAT32),
    F8(8, Array.Type.FLOAT32),
    S(1, Array.Type.STRING),
    U(4, Array.Type.STRING);

    private final int bytes;
    private final Array.Type held;

    Code(int bytes, Array.Type held) {
      this.bytes = bytes;
      this.held = held;
    }

    /** How many bytes a number, or a character, takes in the file. */
    public int bytes() {
      return bytes;
    }

    /** What arrays hold the values as. */
    public Array.Type held() {
      return held;
    }
  }

  private static final int UNSIGNED_BYTE = 0xff;
  private static final int UNSIGNED_SHORT = 0xffff;
  private static final long UNSIGNED_INT = 0xffffffffL;

  /** Texts, as NumPy's str and bytes; longer ones than these are none. */
  private static final Pattern TEXT = Pattern.compile("([<>|])([SU])([1-9]\\d{0,6})");

  /** The type that a header names: an order, a letter and a size, such as {@code <f4}. */
  static Optional<NpyType> of(String name) {
    if (name.isEmpty() || "<>|".indexOf(name.charAt(0)) < 0) {
      return Optional.empty();
    }
    Matcher text = TEXT.matcher(name);
    ByteOrder order = name.charAt(0) == '>' ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    if (text.matches()) {
      Code code = Code.valueOf(text.group(2));
      return Optional.of(new NpyType(code, order, Integer.parseInt(text.group(3))));
    }
    String known = name.substring(1);
    return Arrays.stream(Code.values())
        .filter(code -> lower(code).equals(known) && (name.charAt(0) != '|' || code.bytes == 1))
        .findFirst()
        .map(code -> new NpyType(code, order, 1));
  }

  /** The type in which an array is written. */
  static NpyType of(Array array) {
    Code code =
        switch (array.type()) {
          case UINT8 -> Code.U1;
          case INT32 -> Code.I4;
          case INT64 -> Code.I8;
          case FLOAT32 -> Code.F4;
          case STRING -> Code.U;
        };
    int length = code == Code.U ? NpyTexts.longest(array.texts()) : 1;
    return new NpyType(code, ByteOrder.LITTLE_ENDIAN, length);
  }

  /** How many bytes a value takes in the file. */
  public long bytes() {
    return (long) code.bytes * length;
  }

  private static String lower(Code code) {
    return code.name().toLowerCase(java.util.Locale.ROOT);
  }

  /** The next number, where arrays hold it as UINT8; a truth is 1 or 0. */
  byte small(ByteBuffer from) {
    byte value = from.get();
    return code == Code.B1 ? (byte) (value == 0 ? 0 : 1) : value;
  }

  /**
   * The next number, where arrays hold it as whole number.
   *
   * @throws ArithmeticException if it is too large
   */
  long whole(ByteBuffer from) {
    return switch (code) {
      case B1, U1 -> small(from) & UNSIGNED_BYTE;
      case I1 -> from.get();
      case I2 -> from.getShort();
      case U2 -> from.getShort() & UNSIGNED_SHORT;
      case I4 -> from.getInt();
      case U4 -> from.getInt() & UNSIGNED_INT;
      case I8 -> from.getLong();
      case U8 -> signed(from.getLong());
      case F2, F4, F8, S, U -> throw new IllegalStateException(name());
    };
  }

  private static long signed(long unsigned) {
    if (unsigned < 0) {
      throw new ArithmeticException(Long.toUnsignedString(unsigned));
    }
    return unsigned;
  }

  /** The next number, where arrays hold it as float32; what is longer is rounded. */
  float real(ByteBuffer from) {
    return switch (code) {
      case F2 -> Half.toFloat(from.getShort());
      case F4 -> from.getFloat();
      case F8 -> (float) from.getDouble();
      default -> whole(from);
    };
  }

  /** NumPy's name: {@code <f4}. */
  String name() {
    if (code == Code.U || code == Code.S) {
      return "<" + code + length;
    }
    char mark = code.bytes == 1 ? '|' : order.equals(ByteOrder.LITTLE_ENDIAN) ? '<' : '>';
    return mark + lower(code);
  }
}
