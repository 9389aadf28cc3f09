package kerava.graph;

/** The numbers of an array in another type. */
final class Conversion {
  private static final int UNSIGNED_BYTE = 0xff;

  private final Array from;

  Conversion(Array from) {
    this.from = from;
  }

  Array to(Array.Type type) {
    if (type != Array.Type.FLOAT32 && from.type() == Array.Type.FLOAT32) {
      throw new IllegalArgumentException("Array: expected whole numbers, got " + from + ".");
    }
    if (type == Array.Type.STRING || from.type() == Array.Type.STRING) {
      throw new IllegalArgumentException("Array: expected " + type + " values, got " + from + ".");
    }
    return switch (type) {
      case UINT8 -> bytes();
      case INT32 -> ints();
      case INT64 -> longs();
      case FLOAT32 -> floats();
      case STRING -> from;
    };
  }

  private Array bytes() {
    byte[] values = new byte[from.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (byte) within(whole(i), 0, UNSIGNED_BYTE);
    }
    return Array.of(values, from.shape().asArray());
  }

  private Array ints() {
    int[] values = new int[from.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (int) within(whole(i), Integer.MIN_VALUE, Integer.MAX_VALUE);
    }
    return Array.of(values, from.shape().asArray());
  }

  private Array longs() {
    long[] values = new long[from.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = whole(i);
    }
    return Array.of(values, from.shape().asArray());
  }

  private Array floats() {
    float[] values = new float[from.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = whole(i);
    }
    return Array.of(values, from.shape().asArray());
  }

  private long whole(int i) {
    return switch (from.type()) {
      case UINT8 -> from.bytes()[i] & UNSIGNED_BYTE;
      case INT32 -> from.ints()[i];
      case INT64 -> from.longs()[i];
      case FLOAT32, STRING -> throw new IllegalStateException(from.toString());
    };
  }

  private static long within(long value, long least, long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "Array: expected numbers from " + least + " to " + most + ", got " + value + ".");
    }
    return value;
  }
}
