package kerava.saving;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableGroup;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import kerava.graph.Array;

/**
 * An HDF5 file being written.
 *
 * <p>Groups come into being with their first dataset: an empty group at the end of a file of jHDF
 * 0.13 cannot be read by the HDF5 library.
 */
final class Hdf5Draft implements AutoCloseable {
  private final WritableHdfFile file;
  private final Map<String, WritableGroup> groups = new HashMap<>();

  private Hdf5Draft(WritableHdfFile file) {
    this.file = file;
    groups.put("", file);
  }

  static Hdf5Draft create(Path path) throws IOException {
    try {
      return new Hdf5Draft(HdfFile.write(path));
    } catch (RuntimeException e) {
      throw new IOException(path + ": expected a file that can be written, got " + e, e);
    }
  }

  /** Adds float32 numbers of any shape. */
  void put(String name, Array array) {
    putObject(name, Numbers.nested(array));
  }

  /** Adds a whole number without dimensions. */
  void put(String name, long number) {
    putObject(name, number);
  }

  /** Adds a number without dimensions. */
  void put(String name, float number) {
    putObject(name, number);
  }

  private void putObject(String name, Object data) {
    int slash = name.lastIndexOf('/');
    group(name.substring(0, Math.max(0, slash))).putDataset(name.substring(slash + 1), data);
  }

  private WritableGroup group(String name) {
    WritableGroup known = groups.get(name);
    if (known != null) {
      return known;
    }
    int slash = name.lastIndexOf('/');
    WritableGroup made =
        group(name.substring(0, Math.max(0, slash))).putGroup(name.substring(slash + 1));
    groups.put(name, made);
    return made;
  }

  /** Writes everything to the disk. */
  @Override
  public void close() throws IOException {
    try {
      file.close();
    } catch (RuntimeException e) {
      throw new IOException("HDF5: expected room for the file, got " + e, e);
    }
  }
}
