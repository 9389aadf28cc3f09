package kerava.saving;

import java.lang.reflect.Array;
import java.util.Set;
import org.tensorflow.ndarray.Shape;

/** Numbers as HDF5's library hands them out and takes them. */
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

  /** Numbers in nested arrays, from which HDF5's library takes the shape; one alone is boxed. */
  static Object nested(kerava.graph.Array array) {
    Shape shape = array.shape();
    if (shape.isScalar()) {
      return array.floats()[0];
    }
    int[] dimensions = new int[shape.numDimensions()];
    for (int i = 0; i < dimensions.length; i++) {
      dimensions[i] = Math.toIntExact(shape.get(i));
    }
    Object nested = Array.newInstance(float.class, dimensions);
    fill(nested, array.floats(), 0);
    return nested;
  }

  private static int fill(Object nested, float[] values, int from) {
    if (nested instanceof float[] row) {
      System.arraycopy(values, from, row, 0, row.length);
      return from + row.length;
    }
    int next = from;
    for (Object part : (Object[]) nested) {
      next = fill(part, values, next);
    }
    return next;
  }
}
