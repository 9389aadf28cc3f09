package kerava.graph;

import java.util.List;
import java.util.Objects;
import org.tensorflow.ndarray.Shape;

/** The rows of arrays: what lies behind each index of the first dimension, such as samples. */
public final class Rows {
  private Rows() {}

  /**
   * How many rows an array has.
   *
   * @throws IllegalArgumentException if it has no dimensions, or more rows than can be counted
   */
  public static int count(Array array) {
    if (array.shape().numDimensions() == 0 || array.shape().get(0) > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("Array: expected shape (rows, ...), got " + array + ".");
    }
    return (int) array.shape().get(0);
  }

  /**
   * Some rows of an array, in any order.
   *
   * @param indices which, each from 0 to below the number of rows
   * @return shape (indices.length, ...)
   * @throws IllegalArgumentException if they are too many numbers for one array
   */
  public static Array of(Array array, int[] indices) {
    Shape shape = shape(array, indices.length);
    Object values = empty(array.type(), length(shape));
    int width = count(array) == 0 ? 0 : array.size() / count(array);
    for (int i = 0; i < indices.length; i++) {
      copy(array.values(), indices[i] * width, values, i * width, width);
    }
    return array(array.type(), values, shape);
  }

  /**
   * Rows of an array that stand one after the other.
   *
   * @param from the first, from 0
   * @param to the one behind the last
   * @return shape (to - from, ...); the array itself if these are all
   * @throws IndexOutOfBoundsException if the array does not have these rows
   */
  public static Array range(Array array, int from, int to) {
    int rows = count(array);
    Objects.checkFromToIndex(from, to, rows);
    if (to - from == rows) {
      return array;
    }
    int width = array.size() / rows;
    Object values = empty(array.type(), width * (to - from));
    copy(array.values(), width * from, values, 0, width * (to - from));
    return array(array.type(), values, shape(array, to - from));
  }

  /**
   * The rows of arrays one after the other.
   *
   * @param parts at least one; alike but for the number of rows
   * @return shape (all rows, ...); the part itself if there is one
   * @throws IllegalArgumentException if the parts are not alike, or too many numbers for one array
   */
  public static Array joined(List<Array> parts) {
    Array first = parts.get(0);
    if (parts.size() == 1) {
      return first;
    }
    parts.forEach(part -> requireAlike(first, part));
    Shape shape = shape(first, parts.stream().mapToLong(Rows::count).sum());
    Object values = empty(first.type(), length(shape));
    int next = 0;
    for (Array part : parts) {
      copy(part.values(), 0, values, next, part.size());
      next += part.size();
    }
    return array(first.type(), values, shape);
  }

  private static void requireAlike(Array first, Array part) {
    if (part.type() != first.type() || !shape(part, 0).equals(shape(first, 0))) {
      throw new IllegalArgumentException(
          "Array: expected rows alike, got some of " + first + " and some of " + part + ".");
    }
  }

  /**
   * How many numbers a shape holds.
   *
   * @throws IllegalArgumentException if they are too many for one array
   */
  public static int length(Shape shape) {
    return length("Array", shape);
  }

  /**
   * How many numbers a shape holds; dimensions that are not known count as 1.
   *
   * @param where what is of that shape
   * @throws IllegalArgumentException if they are too many for one array
   */
  public static int length(String where, Shape shape) {
    // The product that TensorFlow's Java offers overflows without a word.
    long most = Integer.MAX_VALUE;
    long length = 1;
    for (long size : shape.asArray()) {
      length = Math.min(length * Math.min(Math.abs(size), most + 1), most + 1);
    }
    if (length > most) {
      throw new IllegalArgumentException(
          "%s: expected at most %d numbers, got the shape %s.".formatted(where, most, shape));
    }
    return (int) length;
  }

  private static Shape shape(Array array, long rows) {
    long[] shape = array.shape().asArray().clone();
    shape[0] = rows;
    return Shape.of(shape);
  }

  private static Object empty(Array.Type type, int length) {
    return switch (type) {
      case UINT8 -> new byte[length];
      case INT32 -> new int[length];
      case INT64 -> new long[length];
      case FLOAT32 -> new float[length];
      case STRING -> new String[length];
    };
  }

  private static Array array(Array.Type type, Object values, Shape shape) {
    return switch (type) {
      case UINT8 -> Array.of((byte[]) values, shape.asArray());
      case INT32 -> Array.of((int[]) values, shape.asArray());
      case INT64 -> Array.of((long[]) values, shape.asArray());
      case FLOAT32 -> Array.of((float[]) values, shape.asArray());
      case STRING -> Array.of((String[]) values, shape.asArray());
    };
  }

  // System.arraycopy takes any primitive array as an Object, which spares one copy loop a type.
  @SuppressWarnings("SuspiciousSystemArraycopy")
  private static void copy(Object from, int at, Object to, int next, int length) {
    System.arraycopy(from, at, to, next, length);
  }
}
