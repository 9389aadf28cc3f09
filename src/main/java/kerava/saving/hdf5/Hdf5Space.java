package kerava.saving.hdf5;

import org.tensorflow.ndarray.Shape;

/** The shape of what an HDF5 file holds. */
final class Hdf5Space {
  private static final int MOST_AXES = 32;
  private static final int EMPTY = 2;

  private Hdf5Space() {}

  /** The sizes of the axes; a single 0 where there is nothing at all. */
  static Shape read(Hdf5Bytes file, long at) {
    int version = file.u8(at);
    int axes = file.u8(at + 1);
    if ((version != 1 && version != 2) || axes > MOST_AXES) {
      throw new Hdf5Bytes.Damage("a shape of " + axes + " axes");
    }
    if (version == 2 && file.u8(at + 3) == EMPTY) {
      return Shape.of(0);
    }
    long[] shape = new long[axes];
    for (int i = 0; i < axes; i++) {
      shape[i] = file.length(at + (version == 1 ? 8 : 4) + (long) i * file.lengthWidth());
    }
    return Shape.of(shape);
  }

  /** How many there are, or one more than the most. */
  static long count(Shape shape, long most) {
    long count = 1;
    for (long axis : shape.asArray()) {
      if (axis == 0) {
        return 0;
      }
    }
    for (long axis : shape.asArray()) {
      if (count > most / axis) {
        return most + 1;
      }
      count *= axis;
    }
    return count;
  }
}
