package kerava.train;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import kerava.graph.Array;
import kerava.graph.Rows;

/** Arrays as bytes, little-endian. */
final class ArrayBytes {
  private ArrayBytes() {}

  static byte[] of(Array array) {
    return switch (array.type()) {
      case UINT8 -> array.bytes();
      case INT32 -> {
        byte[] bytes = new byte[bytes(array, Integer.BYTES)];
        buffer(bytes).asIntBuffer().put(array.ints());
        yield bytes;
      }
      case INT64 -> {
        byte[] bytes = new byte[bytes(array, Long.BYTES)];
        buffer(bytes).asLongBuffer().put(array.longs());
        yield bytes;
      }
      case FLOAT32 -> {
        byte[] bytes = new byte[bytes(array, Float.BYTES)];
        buffer(bytes).asFloatBuffer().put(array.floats());
        yield bytes;
      }
      case STRING -> throw noBytes();
    };
  }

  private static int bytes(Array array, int width) {
    return Rows.length("Array as bytes", array.shape().append(width));
  }

  static Array read(Array.Type type, byte[] bytes, long... shape) {
    return switch (type) {
      case UINT8 -> Array.of(bytes, shape);
      case INT32 -> {
        int[] values = new int[bytes.length / Integer.BYTES];
        buffer(bytes).asIntBuffer().get(values);
        yield Array.of(values, shape);
      }
      case INT64 -> {
        long[] values = new long[bytes.length / Long.BYTES];
        buffer(bytes).asLongBuffer().get(values);
        yield Array.of(values, shape);
      }
      case FLOAT32 -> {
        float[] values = new float[bytes.length / Float.BYTES];
        buffer(bytes).asFloatBuffer().get(values);
        yield Array.of(values, shape);
      }
      case STRING -> throw noBytes();
    };
  }

  private static IllegalArgumentException noBytes() {
    return new IllegalArgumentException("Array as bytes: expected numbers, got texts.");
  }

  private static ByteBuffer buffer(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
