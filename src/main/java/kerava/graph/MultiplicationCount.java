package kerava.graph;

import java.util.Iterator;
import java.util.Set;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.Output;
import org.tensorflow.ndarray.Shape;

/** Estimates the work of a graph from the shapes in it. */
public final class MultiplicationCount {
  private static final Set<String> PRODUCTS =
      Set.of(
          "Conv2D",
          "Conv3D",
          "DepthwiseConv2dNative",
          "Conv2DBackpropInput",
          "Conv3DBackpropInputV2",
          "MatMul");

  private MultiplicationCount() {}

  /**
   * About how many its convolutions and matrix products make for one sample; unknown sizes are 1.
   */
  public static long of(Graph graph) {
    long sum = 0;
    for (Iterator<GraphOperation> all = graph.operations(); all.hasNext(); ) {
      GraphOperation operation = all.next();
      if (PRODUCTS.contains(operation.type())) {
        sum += Math.min(product(operation), Long.MAX_VALUE - sum);
      }
    }
    return sum;
  }

  /** The whole kernel at every place of the output. */
  private static long product(GraphOperation operation) {
    Shape output = whole(operation).shape();
    if (output.isUnknown() || output.numDimensions() < 2) {
      return 0;
    }
    Shape places = output.subShape(1, output.numDimensions() - 1);
    return times(numbers(places), numbers(operation.input(1).shape()));
  }

  /** What comes out, put together again where the input was dealt out for a kernel with holes. */
  private static Output<?> whole(GraphOperation operation) {
    return operation.consumers(0).stream()
        .filter(consumer -> consumer.type().equals("BatchToSpaceND"))
        .findFirst()
        .<Output<?>>map(together -> together.output(0))
        .orElseGet(() -> operation.output(0));
  }

  private static long numbers(Shape shape) {
    long product = 1;
    for (int i = 0; i < shape.numDimensions(); i++) {
      product = times(product, known(shape.get(i)));
    }
    return product;
  }

  /** A product, or the largest number there is: an estimate of much work may be too low. */
  private static long times(long one, long other) {
    return one > Long.MAX_VALUE / other ? Long.MAX_VALUE : one * other;
  }

  private static long known(long size) {
    return Math.max(size, 1);
  }
}
