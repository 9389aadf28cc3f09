package kerava.saving;

import io.jhdf.object.datatype.DataType;
import io.jhdf.object.datatype.FixedPoint;
import io.jhdf.object.datatype.FloatingPoint;
import java.lang.reflect.Array;
import java.util.Set;

/** Numbers as HDF5's library hands them out. */
final class Numbers {
  private static final Set<Class<?>> TYPES =
      Set.of(
          float.class,
          double.class,
          int.class,
          long.class,
          Float.class,
          Double.class,
          Integer.class,
          Long.class);

  private Numbers() {}

  static boolean accepts(Class<?> type) {
    return TYPES.contains(type);
  }

  /** NumPy's name for a type: {@code float32}. */
  static String name(DataType type) {
    int bits = type.getSize() * Byte.SIZE;
    if (type instanceof FloatingPoint) {
      return "float" + bits;
    }
    if (type instanceof FixedPoint whole) {
      return (whole.isSigned() ? "int" : "uint") + bits;
    }
    return "other";
  }

  /** Flat numbers of any type, or a single one, as float32. */
  static float[] floats(Object data) {
    if (data instanceof float[] floats) {
      return floats;
    }
    if (data instanceof Number number) {
      return new float[] {number.floatValue()};
    }
    int length = data.getClass().isArray() ? Array.getLength(data) : 0;
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) Array.getDouble(data, i);
    }
    return values;
  }
}
