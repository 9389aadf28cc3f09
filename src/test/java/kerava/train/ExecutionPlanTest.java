package kerava.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import kerava.Input;
import kerava.Model;
import kerava.Sequential;
import kerava.data.Dataset;
import kerava.graph.Array;
import kerava.graph.Device;
import kerava.graph.SessionOptions;
import kerava.layers.Dense;
import kerava.train.graph.DistributionStrategy;
import org.junit.jupiter.api.Test;

/** What is chosen where nothing is asked for; the GPU here has the memory of the CPU. */
final class ExecutionPlanTest {
  private static final DistributionStrategy CPU =
      new DistributionStrategy(SessionOptions.on(Device.cpu()), false, 1, 1);
  private static final DistributionStrategy GPU =
      new DistributionStrategy(SessionOptions.on(Device.cpu()), true, 1, 1);
  private static final Fit FIT = Fit.epochs(1);
  private static final Model MODEL = Sequential.of(Input.of(4), Dense.of(1));

  /** Samples of so many bytes. */
  private static Dataset bytes(int samples, int each) {
    return Dataset.of(
        Array.of(new byte[samples * each], samples, each), Array.of(new int[samples], samples));
  }

  @Test
  void fedDataOnACpu() {
    ExecutionPlan chosen = ExecutionPlan.of(CPU, FIT, bytes(10, 4), MODEL);
    assertEquals(new ExecutionPlan(32, true, false), chosen);
    assertFalse(chosen.looped());
    assertEquals("up to 32 steps a run after the first 1000, data fed", chosen.toString());
  }

  @Test
  void dataInItsMemoryOnAGpu() {
    ExecutionPlan chosen = ExecutionPlan.of(GPU, FIT, bytes(10, 4), MODEL);
    assertEquals(new ExecutionPlan(32, true, true), chosen);
    assertTrue(chosen.looped());
    assertEquals("up to 32 steps a run, data in the device's memory", chosen.toString());
  }

  @Test
  void oneStepWhereDataAreRead() {
    ExecutionPlan chosen = ExecutionPlan.of(CPU, FIT, new Streamed(bytes(10, 4)), MODEL);
    assertEquals(new ExecutionPlan(1, true, false), chosen);
    assertEquals(chosen, ExecutionPlan.of(GPU, FIT, new Streamed(bytes(10, 4)), MODEL));
    assertEquals("one step a run, data fed", chosen.toString());
  }

  @Test
  void asAskedForOnEither() {
    Fit asked = FIT.stepsPerExecution(5).resident(true);
    assertEquals(
        new ExecutionPlan(5, false, true), ExecutionPlan.of(CPU, asked, bytes(10, 4), MODEL));
    Fit other = FIT.stepsPerExecution(1).resident(false);
    assertEquals(
        new ExecutionPlan(1, false, false), ExecutionPlan.of(GPU, other, bytes(10, 4), MODEL));
  }

  @Test
  void fedDataWhereTheMemoryCannotHoldThem() {
    assertEquals(
        new ExecutionPlan(32, true, false), ExecutionPlan.of(GPU, FIT, bytes(10, 3), MODEL));
    // TensorFlow says 256 MiB of a CPU, a quarter of which these are more than.
    assertEquals(
        new ExecutionPlan(1, true, false), ExecutionPlan.of(GPU, FIT, bytes(66, 1 << 20), MODEL));
    assertEquals(
        new ExecutionPlan(32, true, true), ExecutionPlan.of(GPU, FIT, bytes(63, 1 << 20), MODEL));
  }

  @Test
  void fewerStepsWhereTheyAreFedMuch() {
    Fit fed = FIT.resident(false);
    assertEquals(
        new ExecutionPlan(32, true, false), ExecutionPlan.of(GPU, fed, bytes(10, 1 << 15), MODEL));
    assertEquals(
        new ExecutionPlan(8, true, false),
        ExecutionPlan.of(GPU, fed.batchSize(128), bytes(10, 1 << 15), MODEL));
    assertEquals(
        new ExecutionPlan(1, true, false),
        ExecutionPlan.of(GPU, fed.batchSize(4096), bytes(10, 1 << 15), MODEL));
  }
}
