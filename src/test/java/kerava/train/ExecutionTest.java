package kerava.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import kerava.data.Dataset;
import kerava.graph.Array;
import kerava.graph.Device;
import kerava.graph.SessionOptions;
import org.junit.jupiter.api.Test;

/** What is chosen where nothing is asked for; the GPU here has the memory of the CPU. */
final class ExecutionTest {
  private static final Arrangement CPU =
      new Arrangement(SessionOptions.on(Device.cpu()), false, 1, 1);
  private static final Arrangement GPU =
      new Arrangement(SessionOptions.on(Device.cpu()), true, 1, 1);
  private static final Fit FIT = Fit.epochs(1);

  /** Samples of so many bytes. */
  private static Dataset bytes(int samples, int each) {
    return Dataset.of(
        Array.of(new byte[samples * each], samples, each), Array.of(new int[samples], samples));
  }

  @Test
  void oneStepAndFedDataOnACpu() {
    assertEquals(new Execution(1, false), Execution.of(CPU, FIT, bytes(10, 4)));
  }

  @Test
  void manyStepsAndDataInItsMemoryOnAGpu() {
    assertEquals(new Execution(32, true), Execution.of(GPU, FIT, bytes(10, 4)));
  }

  @Test
  void asAskedForOnEither() {
    Fit asked = FIT.stepsPerExecution(5).resident(true);
    assertEquals(new Execution(5, true), Execution.of(CPU, asked, bytes(10, 4)));
    Fit other = FIT.stepsPerExecution(1).resident(false);
    assertEquals(new Execution(1, false), Execution.of(GPU, other, bytes(10, 4)));
  }

  @Test
  void fedDataWhereTheMemoryCannotHoldThem() {
    assertEquals(new Execution(32, false), Execution.of(GPU, FIT, bytes(10, 3)));
    // TensorFlow says 256 MiB of a CPU, a quarter of which these are more than.
    assertEquals(new Execution(1, false), Execution.of(GPU, FIT, bytes(66, 1 << 20)));
    assertEquals(new Execution(32, true), Execution.of(GPU, FIT, bytes(63, 1 << 20)));
  }

  @Test
  void fewerStepsWhereTheyAreFedMuch() {
    Fit fed = FIT.resident(false);
    assertEquals(new Execution(32, false), Execution.of(GPU, fed, bytes(10, 1 << 15)));
    assertEquals(
        new Execution(8, false), Execution.of(GPU, fed.batchSize(128), bytes(10, 1 << 15)));
    assertEquals(
        new Execution(1, false), Execution.of(GPU, fed.batchSize(4096), bytes(10, 1 << 15)));
  }
}
