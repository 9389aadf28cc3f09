package kerava.data.npy;

import java.util.Arrays;
import kerava.graph.Array;

/** Values column by column, as {@code numpy.save} leaves arrays that lie so in memory. */
public final class FortranOrder {
  private final long[] shape;
  private final long size;

  /** Numbers of a shape, which is that of the rows. */
  public FortranOrder(long[] shape) {
    this.shape = shape.clone();
    this.size = Arrays.stream(shape).reduce(1, (all, one) -> all * one);
  }

  /** The same numbers row by row. */
  public Array toRows(Array columns) {
    int count = columns.size();
    return switch (columns.type()) {
      case UINT8 -> {
        byte[] rows = new byte[count];
        for (int i = 0; i < count; i++) {
          rows[i] = columns.bytes()[place(i)];
        }
        yield Array.of(rows, shape);
      }
      case INT32 -> {
        int[] rows = new int[count];
        for (int i = 0; i < count; i++) {
          rows[i] = columns.ints()[place(i)];
        }
        yield Array.of(rows, shape);
      }
      case INT64 -> {
        long[] rows = new long[count];
        for (int i = 0; i < count; i++) {
          rows[i] = columns.longs()[place(i)];
        }
        yield Array.of(rows, shape);
      }
      case FLOAT32 -> {
        float[] rows = new float[count];
        for (int i = 0; i < count; i++) {
          rows[i] = columns.floats()[place(i)];
        }
        yield Array.of(rows, shape);
      }
      case STRING -> {
        String[] rows = new String[count];
        for (int i = 0; i < count; i++) {
          rows[i] = columns.texts()[place(i)];
        }
        yield Array.of(rows, shape);
      }
    };
  }

  /** Where the number stands among columns that is the given one among rows. */
  private int place(int among) {
    long rest = among;
    long place = 0;
    long before = size;
    for (int axis = shape.length - 1; axis >= 0; axis--) {
      before /= shape[axis];
      place += rest % shape[axis] * before;
      rest /= shape[axis];
    }
    return Math.toIntExact(place);
  }
}
