package kerava.train;

import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import kerava.data.Dataset;
import kerava.graph.Array;
import kerava.graph.NetworkSession;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.RunOptions;

/**
 * Evaluation and prediction: batches, several of them at once, and their outputs put together.
 *
 * @param arrangement how many at once
 */
record Inference(Arrangement arrangement) {
  /** How many samples evaluation and prediction compute at once. */
  private static final int BATCH = 250;

  /** How many numbers the inputs of a batch may be: 32 MiB; fewer samples where they are large. */
  private static final long NUMBERS = 8L << 20;

  private static final RunOptions HERE = RunOptions.newBuilder().setInterOpThreadPool(-1).build();

  /** Begins a run; on CPUs in the thread that asks, which saves waking others and waiting. */
  Session.Runner runner(NetworkSession session) {
    Session.Runner runner = session.session().runner();
    return arrangement.gpu() ? runner : runner.setOptions(HERE);
  }

  /** What is computed of each batch, in their order. */
  <R> List<R> each(Dataset data, Function<int[], R> batch) {
    long sample = Math.max(1, data.inputShape().size());
    int together = (int) Math.max(1, Math.min(BATCH, NUMBERS / sample));
    Order order = Order.straight(data.size(), together);
    int runs = Math.min(arrangement.runs(), order.batches());
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

  /** The outputs of all batches, one after the other. */
  Array all(Dataset data, Shape output, Function<int[], Array> batch) {
    List<Array> parts = each(data, batch);
    if (parts.isEmpty()) {
      return Array.of(new float[0], none(output));
    }
    // The first one shows sizes that the model leaves open.
    long[] shape = parts.get(0).shape().asArray().clone();
    int width = parts.get(0).size() / Math.toIntExact(shape[0]);
    float[] values = new float[Math.multiplyExact(width, data.size())];
    int next = 0;
    for (Array part : parts) {
      System.arraycopy(part.floats(), 0, values, next, part.size());
      next += part.size();
    }
    shape[0] = data.size();
    return Array.of(values, shape);
  }

  private static long[] none(Shape output) {
    return LongStream.of(output.asArray()).map(size -> Math.max(size, 0)).toArray();
  }
}
