package kerava.train;

import java.util.List;
import kerava.Input;
import kerava.Model;
import kerava.data.Column;
import kerava.data.Dataset;
import kerava.graph.DType;
import kerava.graph.DeviceData;
import kerava.graph.Devices;
import kerava.train.graph.DistributionStrategy;
import kerava.train.graph.StepLoops;

/**
 * How training steps are run on some data.
 *
 * @param steps how many at most in one run of a session
 * @param paced whether there are as many as suits the time that they take, and one until it is
 *     known; else as many as asked for
 * @param resident whether the inputs lie in the memory of the device, or each batch is fed
 */
record ExecutionPlan(int steps, boolean paced, boolean resident) {
  /** Enough that the begin and the end of a run do not count where a step takes 1 ms. */
  private static final int MOST = 32;

  /** What one run is fed at most, in bytes, where nothing is asked for. */
  private static final long FED = 32L << 20;

  /** The memory of a device is not filled with data by more than one part in so many. */
  private static final int SHARE = 4;

  /**
   * As asked for, or else as it is fastest.
   *
   * @throws IllegalArgumentException if data shall lie in the device's memory that cannot
   */
  static ExecutionPlan of(DistributionStrategy strategy, Fit fit, Dataset data, Model model) {
    boolean resident = resident(strategy, fit, data, model);
    boolean open = data.inputColumns().stream().anyMatch(one -> one.shape().hasUnknownDimension());
    if (open || Input.types(model).contains(DType.BOOL)) {
      // Truths, and batches that may be of other shapes, are fed one at a time.
      return new ExecutionPlan(1, false, false);
    }
    int asked = fit.stepsPerExecution();
    if (asked > 0) {
      return new ExecutionPlan(asked, false, resident);
    }
    return new ExecutionPlan(resident ? MOST : fed(data, fit.batchSize()), true, resident);
  }

  private static int fed(Dataset data, int batchSize) {
    if (!data.inMemory()) {
      // The batches of a run must be there when it begins, more than are read ahead.
      return 1;
    }
    return (int) Math.max(1, Math.min(MOST, FED / Math.max(1, bytes(data) * batchSize)));
  }

  private static boolean resident(
      DistributionStrategy strategy, Fit fit, Dataset data, Model model) {
    if (!fit.resident().orElse(strategy.gpu())) {
      return false;
    }
    List<Column> columns = data.inputColumns();
    Column first = columns.get(0);
    DType type = Input.types(model).get(0);
    boolean possible =
        data.inMemory()
            && columns.size() == 1
            && (type.floating() || type == DType.UINT8)
            && DeviceData.holds(first.type(), first.shape());
    if (fit.resident().isPresent() && !possible) {
      throw new IllegalArgumentException(
          "Fit resident: expected floats, or bytes by fours, in memory, got "
              + (columns.size() == 1
                  ? first.type() + " of shape " + first.shape()
                  : columns.size() + " inputs")
              + (data.inMemory() ? "." : " on a disk."));
    }
    long most = Devices.memoryBytes(strategy.session()) / SHARE;
    return fit.resident().isPresent() || (possible && bytes(data) * data.size() <= most);
  }

  /** Of one sample. */
  private static long bytes(Dataset data) {
    return data.inputColumns().stream().mapToLong(ExecutionPlan::bytes).sum();
  }

  private static long bytes(Column column) {
    int each =
        switch (column.type()) {
          case UINT8 -> 1;
          case FLOAT32, INT32 -> Float.BYTES;
          case INT64, STRING -> Long.BYTES;
        };
    return Math.max(1, column.shape().size()) * each;
  }

  /** Whether steps are run by a loop in the graph from the first one on. */
  boolean looped() {
    return resident || (steps > 1 && !paced);
  }

  /** A few words for people. */
  @Override
  public String toString() {
    return runs() + ", data " + (resident ? "in the device's memory" : "fed");
  }

  private String runs() {
    if (steps == 1) {
      return "one step a run";
    }
    return "up to "
        + steps
        + " steps a run"
        + (paced && !resident ? " after the first " + StepLoops.WORTH : "");
  }
}
