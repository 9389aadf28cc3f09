package kerava.graph;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.Output;
import org.tensorflow.ndarray.Shape;

/**
 * TensorFlow's gradients of x + y, x y and the like sum over the axes along which x or y was
 * repeated, and find out which when they run. Where both have one shape, there are none.
 */
final class UnneededSums {
  private final Graph graph;
  private final Map<GraphOperation, Output<?>> summed = new LinkedHashMap<>();

  UnneededSums(Graph graph) {
    this.graph = graph;
    for (Iterator<GraphOperation> all = graph.operations(); all.hasNext(); ) {
      GraphOperation operation = all.next();
      if (operation.type().equals("Reshape")) {
        consider(operation);
      }
    }
  }

  private void consider(GraphOperation reshape) {
    GraphOperation sum = (GraphOperation) reshape.input(0).op();
    GraphOperation target = (GraphOperation) reshape.input(1).op();
    if (sum.type().equals("Sum")
        && sum.input(1).op().type().equals("BroadcastGradientArgs")
        && target.type().equals("Shape")
        && same(sum.input(0).shape(), target.input(0).shape())) {
      summed.put(reshape, sum.input(0));
    }
  }

  /** Whether these are of one size: a first dimension that is not known is that of the batch. */
  private static boolean same(Shape one, Shape other) {
    if (one.isUnknown() || one.numDimensions() != other.numDimensions()) {
      return false;
    }
    long[] sizes = one.asArray();
    long[] others = other.asArray();
    for (int i = 0; i < sizes.length; i++) {
      boolean batch = i == 0 && sizes[i] != 1 && others[i] != 1 && (sizes[i] < 0 || others[i] < 0);
      if (!batch && (sizes[i] < 0 || sizes[i] != others[i])) {
        return false;
      }
    }
    return true;
  }

  /** What an output is without its sum. */
  Output<?> without(Output<?> output) {
    Output<?> inner = summed.get((GraphOperation) output.op());
    return inner == null ? output : without(inner);
  }

  /** Takes the sums out of the graph. */
  void remove() {
    NativeGraph edges = NativeGraph.of(graph);
    summed
        .keySet()
        .forEach(reshape -> edges.redirect(reshape.output(0), without(reshape.output(0))));
  }
}
