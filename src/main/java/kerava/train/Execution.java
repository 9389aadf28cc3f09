package kerava.train;

import kerava.data.Dataset;
import kerava.graph.Array;
import kerava.graph.Devices;
import kerava.graph.Resident;

/**
 * How training steps are run on some data.
 *
 * @param steps how many at most in one run of a session
 * @param resident whether the inputs lie in the memory of the device, or each batch is fed
 */
record Execution(int steps, boolean resident) {
  /** Enough that the begin and the end of a run do not count where a step takes 1 ms. */
  private static final int STEPS_ON_GPU = 32;

  /** What one run is fed at most, in bytes, where nothing is asked for. */
  private static final long FED = 32L << 20;

  /** The memory of a device is not filled with data by more than one part in so many. */
  private static final int SHARE = 4;

  /**
   * As asked for, or else as it is fastest.
   *
   * @throws IllegalArgumentException if data shall lie in the device's memory that cannot
   */
  static Execution of(Arrangement arrangement, Fit fit, Dataset data) {
    boolean resident = resident(arrangement, fit, data);
    int asked = fit.stepsPerExecution();
    if (asked > 0 || !arrangement.gpu()) {
      return new Execution(Math.max(1, asked), resident);
    }
    long fed = resident ? 0 : bytes(data) * fit.batchSize();
    return new Execution(
        (int) Math.max(1, Math.min(STEPS_ON_GPU, FED / Math.max(1, fed))), resident);
  }

  private static boolean resident(Arrangement arrangement, Fit fit, Dataset data) {
    if (!fit.resident().orElse(arrangement.gpu())) {
      return false;
    }
    boolean possible = data.inMemory() && Resident.holds(type(data), data.inputShape());
    if (fit.resident().isPresent() && !possible) {
      throw new IllegalArgumentException(
          "Fit resident: expected floats, or bytes by fours, in memory, got "
              + type(data)
              + " of shape "
              + data.inputShape()
              + (data.inMemory() ? "." : " on a disk."));
    }
    long most = Devices.memoryBytes(arrangement.session()) / SHARE;
    return fit.resident().isPresent() || (possible && bytes(data) * data.size() <= most);
  }

  /** Of one sample. */
  private static long bytes(Dataset data) {
    return data.inputShape().size() * (type(data) == Array.Type.FLOAT32 ? Float.BYTES : 1);
  }

  private static Array.Type type(Dataset data) {
    return data.inputs(new int[] {0}).type();
  }

  /** Whether steps are run by a loop in the graph. */
  boolean looped() {
    return steps > 1 || resident;
  }

  /** A few words for people. */
  @Override
  public String toString() {
    return (steps == 1 ? "one step" : "up to " + steps + " steps")
        + " a run, data "
        + (resident ? "in the device's memory" : "fed");
  }
}
