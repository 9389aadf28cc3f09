package kerava.graph;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.tensorflow.ndarray.Shape;

/**
 * A dense block of numbers on the host, in row-major order: pixels, labels, weights, predictions.
 *
 * <p>An array is a value: nothing changes its numbers once it is made. For the sake of large data
 * the factories take the primitive array that they are given without copying it, and the accessors
 * hand the same one out again; whoever passes or receives it must not write to it.
 */
public final class Array {
  /** The number type of an array's elements. */
  public enum Type {
    /** Unsigned bytes, 0 to 255, held in a {@code byte[]}. */
    UINT8,
    /** 32-bit integers, held in an {@code int[]}. */
    INT32,
    /** 64-bit integers, held in a {@code long[]}. */
    INT64,
    /** 32-bit floating point numbers, held in a {@code float[]}. */
    FLOAT32
  }

  private final Type type;
  private final Shape shape;
  private final Object values;

  private Array(Type type, Object values, int length, long... dimensions) {
    this.type = type;
    this.shape = Shape.of(dimensions);
    this.values = values;
    if (shape.hasUnknownDimension() || shape.size() != length) {
      throw new IllegalArgumentException(
          "Array: expected as many values as the shape "
              + shape
              + " holds, got "
              + length
              + ". Is a dimension missing?");
    }
  }

  /**
   * An array of unsigned bytes.
   *
   * @param values the numbers, row-major; not copied
   * @param dimensions the shape; none for a scalar
   * @throws IllegalArgumentException if the shape does not hold exactly these values
   */
  public static Array of(byte[] values, long... dimensions) {
    return new Array(Type.UINT8, values, values.length, dimensions);
  }

  /**
   * An array of 32-bit integers.
   *
   * @param values the numbers, row-major; not copied
   * @param dimensions the shape; none for a scalar
   * @throws IllegalArgumentException if the shape does not hold exactly these values
   */
  public static Array of(int[] values, long... dimensions) {
    return new Array(Type.INT32, values, values.length, dimensions);
  }

  /**
   * An array of 64-bit integers.
   *
   * @param values the numbers, row-major; not copied
   * @param dimensions the shape; none for a scalar
   * @throws IllegalArgumentException if the shape does not hold exactly these values
   */
  public static Array of(long[] values, long... dimensions) {
    return new Array(Type.INT64, values, values.length, dimensions);
  }

  /**
   * An array of 32-bit floating point numbers.
   *
   * @param values the numbers, row-major; not copied
   * @param dimensions the shape; none for a scalar
   * @throws IllegalArgumentException if the shape does not hold exactly these values
   */
  public static Array of(float[] values, long... dimensions) {
    return new Array(Type.FLOAT32, values, values.length, dimensions);
  }

  /**
   * Arrays of one type and shape, one after the other in a further dimension in front.
   *
   * @throws IllegalArgumentException if there are none, or they differ in type or shape
   */
  public static Array stacked(List<Array> arrays) {
    if (arrays.isEmpty()
        || !arrays.stream()
            .allMatch(
                each ->
                    each.type == arrays.get(0).type && each.shape.equals(arrays.get(0).shape))) {
      throw new IllegalArgumentException(
          "Array: expected arrays of one type and shape, got " + arrays + ".");
    }
    Array first = arrays.get(0);
    long[] shape = first.shape.prepend(arrays.size()).asArray();
    Object all =
        java.lang.reflect.Array.newInstance(
            first.values.getClass().getComponentType(),
            Math.multiplyExact(first.size(), arrays.size()));
    for (int i = 0; i < arrays.size(); i++) {
      System.arraycopy(arrays.get(i).values, 0, all, i * first.size(), first.size());
    }
    return new Array(first.type, all, first.size() * arrays.size(), shape);
  }

  /**
   * Arrays of one type that differ in their first dimension alone, one after the other.
   *
   * @throws IllegalArgumentException if there are none, or they differ otherwise
   */
  public static Array concatenated(List<Array> arrays) {
    long rows = arrays.stream().mapToLong(each -> each.shape.get(0)).sum();
    Shape row = arrays.get(0).shape.tail();
    int size = Math.toIntExact(Math.multiplyExact(row.size(), rows));
    Object all =
        java.lang.reflect.Array.newInstance(
            arrays.get(0).values.getClass().getComponentType(), size);
    int next = 0;
    for (Array each : arrays) {
      if (each.type != arrays.get(0).type || !each.shape.tail().equals(row)) {
        throw new IllegalArgumentException(
            "Array: expected arrays of one type and shape of rows, got " + arrays + ".");
      }
      System.arraycopy(each.values, 0, all, next, each.size());
      next += each.size();
    }
    return new Array(arrays.get(0).type, all, size, row.prepend(rows).asArray());
  }

  /** The number type of the elements. */
  public Type type() {
    return type;
  }

  /** The shape; a scalar has no dimensions. */
  public Shape shape() {
    return shape;
  }

  /** How many numbers the array holds. */
  public int size() {
    return (int) shape.size();
  }

  /**
   * The unsigned bytes, row-major; not a copy.
   *
   * @throws IllegalStateException if the array is not of type {@link Type#UINT8}
   */
  public byte[] bytes() {
    return (byte[]) as(Type.UINT8);
  }

  /**
   * The 32-bit integers, row-major; not a copy.
   *
   * @throws IllegalStateException if the array is not of type {@link Type#INT32}
   */
  public int[] ints() {
    return (int[]) as(Type.INT32);
  }

  /**
   * The 64-bit integers, row-major; not a copy.
   *
   * @throws IllegalStateException if the array is not of type {@link Type#INT64}
   */
  public long[] longs() {
    return (long[]) as(Type.INT64);
  }

  /**
   * The floating point numbers, row-major; not a copy.
   *
   * @throws IllegalStateException if the array is not of type {@link Type#FLOAT32}
   */
  public float[] floats() {
    return (float[]) as(Type.FLOAT32);
  }

  /** The same numbers as {@link Type#FLOAT32}; those of 32 and 64 bits are rounded to it. */
  public Array asFloats() {
    if (type == Type.FLOAT32) {
      return this;
    }
    float[] floats = new float[size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] =
          switch (type) {
            case UINT8 -> Byte.toUnsignedInt(bytes()[i]);
            case INT32 -> ints()[i];
            case INT64 -> longs()[i];
            case FLOAT32 -> floats()[i];
          };
    }
    return of(floats, shape.asArray());
  }

  private Object as(Type wanted) {
    if (type != wanted) {
      throw new IllegalStateException("Array: expected " + wanted + " values, got " + type + ".");
    }
    return values;
  }

  /** Two arrays are equal if type, shape and every number are, bit for bit. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Array that
        && type == that.type
        && shape.equals(that.shape)
        && Objects.deepEquals(values, that.values);
  }

  @Override
  public int hashCode() {
    return 31 * Objects.hash(type, shape) + Arrays.deepHashCode(new Object[] {values});
  }

  @Override
  public String toString() {
    return type + " " + shape;
  }
}
