package kerava.train;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import kerava.graph.Seeds;

/** The order in which an epoch reads its samples, in batches. */
final class Order {
  private final int[] samples;
  private final int batchSize;

  private Order(int[] samples, int batchSize) {
    this.samples = samples;
    this.batchSize = batchSize;
  }

  static Order straight(int size, int batchSize) {
    return new Order(IntStream.range(0, size).toArray(), batchSize);
  }

  /** An order that follows from the seed and the epoch alone, so that a resumed run meets it. */
  static Order shuffled(int size, int batchSize, long seed, int epoch) {
    int[] samples = IntStream.range(0, size).toArray();
    SplittableRandom random = new SplittableRandom(Seeds.of(seed, "shuffle " + epoch));
    for (int i = size - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = samples[i];
      samples[i] = samples[j];
      samples[j] = swapped;
    }
    return new Order(samples, batchSize);
  }

  /** How many batches there are, a smaller last one included. */
  int batches() {
    return (samples.length + batchSize - 1) / batchSize;
  }

  int[] batch(int index) {
    int from = index * batchSize;
    return Arrays.copyOfRange(samples, from, Math.min(samples.length, from + batchSize));
  }
}
