package kerava.train;

import java.util.function.Function;
import java.util.stream.LongStream;
import kerava.data.Dataset;
import kerava.graph.Array;
import org.tensorflow.ndarray.Shape;

/** Puts the outputs of batches together. */
final class Inference {
  /** How many samples evaluation and prediction compute at once. */
  static final int BATCH = 250;

  private Inference() {}

  /** The outputs of all batches; the first one shows sizes that the model leaves open. */
  static Array all(Dataset data, Shape output, Function<int[], Array> batch) {
    Order order = Order.straight(data.size(), BATCH);
    if (order.batches() == 0) {
      return Array.of(new float[0], none(output));
    }
    Array first = batch.apply(order.batch(0));
    long[] shape = first.shape().asArray().clone();
    int width = first.size() / Math.toIntExact(shape[0]);
    float[] values = new float[Math.multiplyExact(width, data.size())];
    System.arraycopy(first.floats(), 0, values, 0, first.size());
    int next = first.size();
    for (int i = 1; i < order.batches(); i++) {
      float[] part = batch.apply(order.batch(i)).floats();
      System.arraycopy(part, 0, values, next, part.length);
      next += part.length;
    }
    shape[0] = data.size();
    return Array.of(values, shape);
  }

  private static long[] none(Shape output) {
    return LongStream.of(output.asArray()).map(size -> Math.max(size, 0)).toArray();
  }
}
