package kerava.saving.weights;

import java.util.List;
import kerava.WeightSpec;
import kerava.files.ModelFormatException;
import kerava.saving.hdf5.Hdf5File;
import org.tensorflow.ndarray.Shape;

/** Refuses models whose weights could not be in their file. */
final class WeightsSizeCheck {
  private WeightsSizeCheck() {}

  static void require(Hdf5File file, List<WeightSpec> specs) throws ModelFormatException {
    long room = file.bytes() / Float.BYTES;
    for (WeightSpec spec : specs) {
      room -= size(spec.shape(), room);
      if (room < 0) {
        throw new ModelFormatException(
            file.path(),
            spec.name()
                + ": expected weights that fit into a file of "
                + file.bytes()
                + " bytes, got "
                + spec.shape()
                + ".");
      }
    }
  }

  /** How many numbers a shape holds, or one more than there is room for. */
  private static long size(Shape shape, long room) {
    long size = 1;
    for (long dimension : shape.asArray()) {
      if (dimension < 0 || (dimension > 0 && size > room / dimension)) {
        return room + 1;
      }
      size *= dimension;
    }
    return size;
  }
}
