package kerava.train.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import kerava.graph.Seeds;

/** The order in which an epoch reads its samples, in batches. */
public final class BatchOrder {
  private final int[] samples;
  private final int batchSize;

  private BatchOrder(int[] samples, int batchSize) {
    this.samples = samples;
    this.batchSize = batchSize;
  }

  /** The order in which the samples lie. */
  public static BatchOrder straight(int size, int batchSize) {
    return new BatchOrder(IntStream.range(0, size).toArray(), batchSize);
  }

  /** An order that follows from the seed and the epoch alone, so that a resumed run meets it. */
  public static BatchOrder shuffled(int size, int batchSize, long seed, int epoch) {
    int[] samples = IntStream.range(0, size).toArray();
    SplittableRandom random = new SplittableRandom(Seeds.of(seed, "shuffle " + epoch));
    for (int i = size - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = samples[i];
      samples[i] = samples[j];
      samples[j] = swapped;
    }
    return new BatchOrder(samples, batchSize);
  }

  /**
   * What decides on an order.
   *
   * @param seed of the training
   * @param epoch which, from 0
   * @param buffer how many samples the next one is chosen from
   */
  public record Shuffling(long seed, int epoch, int buffer) {}

  /**
   * The order that a buffer of samples gives which is filled in turn and emptied at random, as in
   * TensorFlow's pipelines: samples are read nearly where they lie.
   */
  public static BatchOrder buffered(int size, int batchSize, Shuffling how) {
    SplittableRandom random = new SplittableRandom(Seeds.of(how.seed(), "shuffle " + how.epoch()));
    int[] buffer = IntStream.range(0, Math.min(size, how.buffer())).toArray();
    int[] samples = new int[size];
    int filled = buffer.length;
    int next = filled;
    for (int i = 0; i < size; i++) {
      int chosen = random.nextInt(filled);
      samples[i] = buffer[chosen];
      buffer[chosen] = next < size ? next++ : buffer[--filled];
    }
    return new BatchOrder(samples, batchSize);
  }

  /** The batches from one on. */
  public Iterator<int[]> from(int first) {
    return IntStream.range(first, batches()).mapToObj(this::batch).iterator();
  }

  /** How many batches there are, a smaller last one included. */
  public int batches() {
    return (int) ((samples.length + batchSize - 1L) / batchSize);
  }

  /** Batches of one size, from one on: as many as are left before a smaller one, or as wanted. */
  public List<int[]> alike(int first, int most) {
    List<int[]> alike = new ArrayList<>(List.of(batch(first)));
    for (int i = first + 1; i < batches() && i - first < most; i++) {
      int[] next = batch(i);
      if (next.length < alike.get(0).length) {
        break;
      }
      alike.add(next);
    }
    return alike;
  }

  /** The samples of a batch, in their order. */
  public int[] batch(int index) {
    long from = (long) index * batchSize;
    long to = Math.min(samples.length, from + batchSize);
    return Arrays.copyOfRange(samples, Math.toIntExact(from), Math.toIntExact(to));
  }
}
