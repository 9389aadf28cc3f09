package kerava.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.OptionalInt;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.tensorflow.exceptions.TFResourceExhaustedException;

final class OutOfMemoryTest {
  private static final String WORDS =
      """
      OOM when allocating tensor with shape[512,64,32,32] and type float on \
      /job:localhost/replica:0/task:0/device:GPU:0 by allocator GPU_0_bfc
      \t [[{{node conv2d/Conv2D}}]]
      Hint: If you want to see a list of allocated tensors when OOM happens, add \
      report_tensor_allocations_upon_oom to RunOptions for current allocation info.
      """;

  private static String message(OptionalInt batch, RuntimeException problem) {
    Supplier<Integer> work =
        () -> {
          throw problem;
        };
    return assertThrows(
            IllegalStateException.class, () -> OutOfMemory.guard("Trainer fit", batch, work))
        .getMessage();
  }

  @Test
  void saysWhichBatchSizeToTry() {
    assertEquals(
        "Trainer fit: expected memory on GPU:0 for a batch of 512, got none for a tensor of shape"
            + " [512,64,32,32]. Try a batch size of 256. See docs/gpu.md#out-of-memory.",
        message(OptionalInt.of(512), new TFResourceExhaustedException(WORDS)));
  }

  @Test
  void findsItBehindOtherExceptions() {
    RuntimeException wrapped =
        new RuntimeException(new RuntimeException(new TFResourceExhaustedException("OOM")));
    assertEquals(
        "Trainer fit: expected memory on the device for a batch of 3, got none. Try a batch size"
            + " of 1. See docs/gpu.md#out-of-memory.",
        message(OptionalInt.of(3), wrapped));
  }

  @Test
  void hasOtherAdviceWhereNoBatchIsSmaller() {
    for (OptionalInt batch : new OptionalInt[] {OptionalInt.of(1), OptionalInt.empty()}) {
      String message = message(batch, new TFResourceExhaustedException(WORDS));
      assertEquals(
          "Does another program use the device? The CPU has the machine's memory. See"
              + " docs/gpu.md#out-of-memory.",
          message.substring(message.indexOf("Does another")));
    }
  }

  @Test
  void leavesOtherProblemsAsTheyAre() {
    RuntimeException other = new IllegalArgumentException("other");
    assertSame(
        other,
        assertThrows(
            IllegalArgumentException.class,
            () ->
                OutOfMemory.guard(
                    "x",
                    OptionalInt.of(8),
                    () -> {
                      throw other;
                    })));
    assertEquals(3, OutOfMemory.guard("x", OptionalInt.of(8), () -> 3));
  }

  @Test
  void trainerSaysItInFit() {
    try (Trainer trainer = Small.trainer(1)) {
      Callback full =
          Callback.onEpoch(
              epoch -> {
                throw new TFResourceExhaustedException(WORDS);
              });
      IllegalStateException problem =
          assertThrows(
              IllegalStateException.class,
              () -> trainer.fit(Small.DATA, Fit.epochs(1).batchSize(8).callbacks(full)));
      assertTrue(
          problem
              .getMessage()
              .startsWith("Trainer fit: expected memory on GPU:0 for a batch of 8, got none"),
          problem.getMessage());
    }
  }
}
