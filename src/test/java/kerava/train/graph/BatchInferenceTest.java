package kerava.train.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import kerava.graph.Array;
import kerava.graph.Device;
import org.junit.jupiter.api.Test;

/** How many samples are computed at once: 250, or as many as 8 million numbers hold. */
final class BatchInferenceTest {
  private static final BatchInference CPU =
      new BatchInference(DistributionStrategy.prediction(Device.cpu(), 1));

  private static List<Integer> batches(BatchInference.Samples samples) {
    return CPU.each(samples, batch -> batch.length);
  }

  @Test
  void smallSamplesAreComputed250AtOnce() {
    assertEquals(List.of(250, 250, 1), batches(new BatchInference.Samples(501, 1)));
    assertEquals(List.of(), batches(new BatchInference.Samples(0, 1)));
  }

  @Test
  void largeSamplesAreComputedFewAtOnce() {
    assertEquals(List.of(2, 2, 1), batches(new BatchInference.Samples(5, 4L << 20)));
    assertEquals(List.of(1, 1), batches(new BatchInference.Samples(2, 1L << 40)));
  }

  @Test
  void allInputsOfASampleCount() {
    Array half = Array.of(new byte[6 << 20], 3, 2 << 20);
    assertEquals(List.of(2, 1), batches(BatchInference.Samples.of(3, List.of(half, half))));
    assertEquals(List.of(3), batches(BatchInference.Samples.of(3, List.of(half))));
  }
}
