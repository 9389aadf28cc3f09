package kerava.train;

import java.util.function.Function;
import kerava.data.Dataset;
import kerava.graph.Array;
import org.tensorflow.ndarray.Shape;

/** Puts the outputs of batches together. */
final class Inference {
  private static final int BATCH = 250;

  private Inference() {}

  static Array all(Dataset data, Shape output, Function<int[], Array> batch) {
    Order order = Order.straight(data.size(), BATCH);
    int width = Math.toIntExact(output.subShape(1, output.numDimensions()).size());
    float[] values = new float[Math.multiplyExact(width, data.size())];
    int next = 0;
    for (int i = 0; i < order.batches(); i++) {
      float[] part = batch.apply(order.batch(i)).floats();
      System.arraycopy(part, 0, values, next, part.length);
      next += part.length;
    }
    long[] shape = output.asArray().clone();
    shape[0] = data.size();
    return Array.of(values, shape);
  }
}
