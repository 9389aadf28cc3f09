package kerava.train.graph;

import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import kerava.data.Column;
import kerava.data.Dataset;
import kerava.graph.Array;
import kerava.graph.NetworkSession;
import kerava.graph.Rows;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.RunOptions;

/**
 * Evaluation and prediction: batches, several of them at once, and their outputs put together.
 *
 * @param strategy how many at once
 */
public record BatchInference(DistributionStrategy strategy) {
  /** How many samples evaluation and prediction compute at once. */
  private static final int BATCH = 250;

  /** How many where batches are padded, each to its longest. */
  private static final int PADDED = 32;

  /** How many numbers the inputs of a batch may be: 32 MiB; fewer samples where they are large. */
  private static final long NUMBERS = 8L << 20;

  private static final RunOptions HERE = RunOptions.newBuilder().setInterOpThreadPool(-1).build();

  /**
   * What is computed of.
   *
   * @param count how many
   * @param numbers how many numbers each is
   * @param batch how many at once, if that matters
   */
  public record Samples(int count, long numbers, OptionalInt batch) {
    /** Samples of which any number may be computed at once. */
    public Samples(int count, long numbers) {
      this(count, numbers, OptionalInt.empty());
    }

    /** The samples of a data set. */
    public static Samples of(Dataset data) {
      long numbers =
          data.inputColumns().stream().mapToLong(one -> Math.max(1, one.shape().size())).sum();
      // What a batch is padded to decides on what comes out, so that its size is as in Keras.
      boolean open = data.inputColumns().stream().anyMatch(Samples::open);
      return new Samples(data.size(), numbers, open ? OptionalInt.of(PADDED) : OptionalInt.empty());
    }

    private static boolean open(Column column) {
      return column.shape().hasUnknownDimension();
    }

    /** The same in batches of a size, where figures depend on it. */
    public Samples inBatches(int size) {
      return new Samples(count, numbers, OptionalInt.of(size));
    }

    /** Whether the size of batches matters already. */
    public boolean padded() {
      return batch.isPresent();
    }

    /** So many samples of some inputs. */
    public static Samples of(int count, List<Array> inputs) {
      long numbers = inputs.stream().mapToLong(Array::size).sum();
      return new Samples(count, numbers / Math.max(1, count));
    }

    private int together() {
      int most = (int) Math.max(1, Math.min(BATCH, NUMBERS / Math.max(1, numbers)));
      return batch.orElse(most);
    }
  }

  /** Begins a run; on CPUs in the thread that asks, which saves waking others and waiting. */
  public Session.Runner runner(NetworkSession session) {
    Session.Runner runner = session.session().runner();
    return strategy.gpu() ? runner : runner.setOptions(HERE);
  }

  /** What is computed of each batch, in their order. */
  public <R> List<R> each(Samples samples, Function<int[], R> batch) {
    BatchOrder order = BatchOrder.straight(samples.count(), samples.together());
    int runs = Math.min(strategy.runs(), order.batches());
    if (runs <= 1) {
      return IntStream.range(0, order.batches())
          .mapToObj(i -> batch.apply(order.batch(i)))
          .toList();
    }
    ForkJoinPool pool = new ForkJoinPool(runs);
    try {
      return pool.submit(
              () ->
                  IntStream.range(0, order.batches())
                      .parallel()
                      .mapToObj(i -> batch.apply(order.batch(i)))
                      .toList())
          .join();
    } finally {
      pool.shutdown();
    }
  }

  /**
   * All outputs of all batches, one batch after the other.
   *
   * @param outputs the shapes of the outputs, batch dimension first
   */
  public List<Array> all(Samples samples, List<Shape> outputs, Function<int[], List<Array>> batch) {
    List<List<Array>> parts = each(samples, batch);
    // Parts show sizes that the model leaves open.
    return IntStream.range(0, outputs.size())
        .mapToObj(
            i ->
                parts.isEmpty()
                    ? Array.of(new float[0], none(outputs.get(i)))
                    : Rows.joined(parts.stream().map(part -> part.get(i)).toList()))
        .toList();
  }

  private static long[] none(Shape output) {
    return LongStream.of(output.asArray()).map(size -> Math.max(size, 0)).toArray();
  }
}
