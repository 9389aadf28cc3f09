package kerava.interop;

import io.jhdf.HdfFile;
import io.jhdf.api.Dataset;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Objects;
import kerava.graph.Array;

/** Files that Python's Keras wrote; see the README beside them. */
public final class KerasFixtures {
  private KerasFixtures() {}

  /** The file of a name. */
  public static Path file(String name) {
    URL url = Objects.requireNonNull(KerasFixtures.class.getResource("/fixtures/" + name), name);
    try {
      return Path.of(url.toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  /** The float32 numbers of a dataset in a file of golden numbers. */
  public static Array numbers(String file, String dataset) {
    try (HdfFile hdf = new HdfFile(file(file))) {
      Dataset found = hdf.getDatasetByPath(dataset);
      return Array.of((float[]) found.getDataFlat(), found.getDimensionsAsLong());
    }
  }

  /** The int32 numbers of a dataset in a file of golden numbers. */
  public static Array integers(String file, String dataset) {
    try (HdfFile hdf = new HdfFile(file(file))) {
      Dataset found = hdf.getDatasetByPath(dataset);
      return Array.of((int[]) found.getDataFlat(), found.getDimensionsAsLong());
    }
  }
}
