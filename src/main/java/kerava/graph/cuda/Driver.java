package kerava.graph.cuda;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * NVIDIA's driver.
 *
 * @param version such as 555.42.06, if the system tells it
 * @param cuda the newest CUDA that it speaks, such as 12.5; 0 where it does not answer
 * @param library where {@code libcuda.so.1} was found
 * @param gpus the GPUs that it shows
 * @param problem what is wrong with it, in its own or the loader's words; empty if nothing is
 */
public record Driver(
    Optional<String> version,
    CudaVersion cuda,
    Optional<Path> library,
    List<Gpu> gpus,
    String problem) {

  /**
   * A version of CUDA.
   *
   * @param major the first part
   * @param minor the second part
   */
  public record CudaVersion(int major, int minor) {
    /** Reads CUDA's own form: 12050 is 12.5. */
    static CudaVersion of(int number) {
      return new CudaVersion(number / 1000, number % 1000 / 10);
    }

    /** Whether it is not older than another. */
    public boolean atLeast(CudaVersion other) {
      return major > other.major || (major == other.major && minor >= other.minor);
    }

    @Override
    public String toString() {
      return major + "." + minor;
    }
  }
}
