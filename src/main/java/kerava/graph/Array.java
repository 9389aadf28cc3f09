package kerava.graph;

import java.util.Arrays;
import java.util.Objects;
import org.tensorflow.ndarray.Shape;

/**
 * A dense block of numbers or texts on the host, in row-major order: pixels, labels, weights,
 * predictions.
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
    FLOAT32,
    /** Texts, held in a {@code String[]}; TensorFlow gets them in UTF-8. */
    STRING
  }

  private final Type type;
  private final Shape shape;
  private final Object values;

  private Array(Type type, Object values, int length, long... dimensions) {
    this.type = type;
    this.shape = Shape.of(dimensions);
    this.values = values;
    if (shape.hasUnknownDimension() || Rows.length(shape) != length) {
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
   * An array of texts.
   *
   * @param values the texts, row-major; not copied
   * @param dimensions the shape; none for a scalar
   * @throws IllegalArgumentException if the shape does not hold exactly these values
   */
  public static Array of(String[] values, long... dimensions) {
    return new Array(Type.STRING, values, values.length, dimensions);
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

  /**
   * The texts, row-major; not a copy.
   *
   * @throws IllegalStateException if the array is not of type {@link Type#STRING}
   */
  public String[] texts() {
    return (String[]) as(Type.STRING);
  }

  /** The numbers, row-major, in a primitive array of the type; not a copy. */
  Object values() {
    return values;
  }

  /**
   * The same numbers in another type; the array itself if it is of that type. Whole numbers become
   * FLOAT32 as NumPy's {@code astype} makes them, the nearest there is.
   *
   * @throws IllegalArgumentException if whole numbers are wanted and these are FLOAT32, or one does
   *     not fit, or one of both types is that of texts
   */
  public Array to(Type wanted) {
    return type == wanted ? this : new Conversion(this).to(wanted);
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
