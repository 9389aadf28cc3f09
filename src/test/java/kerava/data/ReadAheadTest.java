package kerava.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import kerava.graph.Array;
import org.junit.jupiter.api.Test;
import org.tensorflow.ndarray.Shape;

/** Batches that are there before they are asked for. */
final class ReadAheadTest {
  /** A data set whose inputs are its indices; it counts its reads. */
  private static final class Counting implements Dataset {
    final AtomicInteger reads = new AtomicInteger();

    @Override
    public int size() {
      return 100;
    }

    @Override
    public Shape inputShape() {
      return Shape.of(1);
    }

    @Override
    public Array inputs(int[] indices) {
      reads.incrementAndGet();
      if (indices[0] == 66) {
        throw new IllegalStateException("no more");
      }
      float[] values = new float[indices.length];
      IntStream.range(0, values.length).forEach(i -> values[i] = indices[i]);
      return Array.of(values, values.length, 1);
    }

    @Override
    public Array labels(int[] indices) {
      return Array.of(indices.clone(), indices.length);
    }

    @Override
    public boolean inMemory() {
      return false;
    }
  }

  private static List<int[]> batches() {
    return IntStream.range(0, 10).mapToObj(i -> new int[] {i * 11, i * 11 % 7}).toList();
  }

  @Test
  void givesEveryBatchOnceRead() {
    Counting data = new Counting();
    try (ReadAhead ahead = ReadAhead.of(data, batches().subList(0, 6).iterator())) {
      for (int[] batch : batches().subList(0, 6)) {
        assertEquals(data.labels(batch), ahead.labels(batch));
        assertEquals(batch[1], ahead.inputs(batch).floats()[1]);
      }
    }
    assertEquals(6, data.reads.get());
  }

  @Test
  void readsAFewBatchesAheadAndNoMore() throws InterruptedException {
    Counting data = new Counting();
    try (ReadAhead ahead = ReadAhead.of(data, batches().iterator())) {
      for (int i = 0; i < 200 && data.reads.get() < 4; i++) {
        Thread.sleep(10);
      }
      Thread.sleep(50);
      assertEquals(4, data.reads.get());
      assertEquals(0, ahead.inputs(batches().get(0)).floats()[0]);
    }
  }

  @Test
  void givesWhatIsAskedForOutOfOrder() {
    Counting data = new Counting();
    try (ReadAhead ahead = ReadAhead.of(data, batches().iterator())) {
      assertEquals(50, ahead.inputs(new int[] {50}).floats()[0]);
      assertEquals(0, ahead.inputs(batches().get(0)).floats()[0]);
    }
  }

  @Test
  void passesOnWhatWentWrong() {
    try (ReadAhead ahead = ReadAhead.of(new Counting(), batches().iterator())) {
      batches().subList(0, 6).forEach(ahead::inputs);
      assertThrows(IllegalStateException.class, () -> ahead.inputs(batches().get(6)));
    }
  }

  @Test
  void leavesNoThreadBehind() throws InterruptedException {
    try (ReadAhead ahead = ReadAhead.of(new Counting(), batches().iterator())) {
      ahead.inputs(batches().get(0));
    }
    for (int i = 0; i < 200 && reading(); i++) {
      Thread.sleep(10);
    }
    assertTrue(!reading());
  }

  private static boolean reading() {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(thread -> thread.getName().equals("kerava-read-ahead"));
  }
}
