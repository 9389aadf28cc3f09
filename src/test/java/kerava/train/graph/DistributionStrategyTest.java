package kerava.train.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import kerava.Input;
import kerava.Model;
import kerava.Sequential;
import kerava.graph.Device;
import kerava.graph.SessionOptions;
import kerava.layers.BatchNormalization;
import kerava.layers.Dense;
import org.junit.jupiter.api.Test;

/** What is chosen where nothing is asked for. */
final class DistributionStrategyTest {
  private static final Model PLAIN = Sequential.of(Input.of(4), Dense.of(2));
  private static final Model NORMALIZED =
      Sequential.of(Input.of(4), BatchNormalization.of(), Dense.of(2));
  private static final DistributionStrategy.Wanted CPU = replicas(0);

  private static DistributionStrategy.Wanted replicas(int count) {
    return new DistributionStrategy.Wanted(Device.cpu(), List.of(), count, false);
  }

  @Test
  void neverSplitsTheStatisticsOfBatchNormalization() {
    assertEquals(1, DistributionStrategy.training(CPU, NORMALIZED).replicas());
  }

  @Test
  void splitsThemWhereAskedTo() {
    assertEquals(3, DistributionStrategy.training(replicas(3), NORMALIZED).replicas());
  }

  @Test
  void asksForOneThreadAnOperationWherePartsKeepFewCoresBusy() {
    assumeTrue(SessionOptions.fewCores() && System.getenv("TF_NUM_INTRAOP_THREADS") == null);
    assertEquals(1, DistributionStrategy.training(CPU, PLAIN).session().intraOpThreads());
    assertEquals(4, DistributionStrategy.training(CPU, NORMALIZED).session().intraOpThreads());
    assertEquals(4, DistributionStrategy.training(replicas(1), PLAIN).session().intraOpThreads());
  }

  @Test
  void asksForMoreThreadsWhereOnePredictionIsMuchWork() {
    assumeTrue(SessionOptions.fewCores() && System.getenv("TF_NUM_INTRAOP_THREADS") == null);
    assertEquals(
        1, DistributionStrategy.prediction(Device.cpu(), 1_000_000).session().intraOpThreads());
    assertEquals(
        4, DistributionStrategy.prediction(Device.cpu(), 1L << 30).session().intraOpThreads());
  }

  @Test
  void keepsSeveralBatchesOfEvaluationInWorkOnSeveralCores() {
    int runs = DistributionStrategy.training(CPU, PLAIN).runs();
    assertTrue(SessionOptions.cores() == 1 ? runs == 1 : runs >= 2, "runs at once: " + runs);
  }

  @Test
  void saysWhatWasChosen() {
    String text = DistributionStrategy.training(replicas(2), PLAIN).toString();
    assertTrue(text.matches("CPU with \\d+ cores?, batches in 2 parts at once, .*"), text);
    assertFalse(text.contains("1 threads"), text);
  }
}
