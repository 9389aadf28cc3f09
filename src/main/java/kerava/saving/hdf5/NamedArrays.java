package kerava.saving.hdf5;

import kerava.files.ModelFormatException;
import kerava.graph.Array;
import org.tensorflow.ndarray.Shape;

/** Numbers that stand in a file under names. */
public interface NamedArrays {
  /** The numbers under a name, of a known shape, as float32. */
  Array floats(String name, Shape shape) throws ModelFormatException;

  /** The whole number under a name. */
  long integer(String name) throws ModelFormatException;
}
