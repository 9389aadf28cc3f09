package kerava.graph;

import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;

/** What TensorFlow's C++ gradients leave to be done, where Python's do it. */
final class GradientOperations {
  private final Graph graph;
  private final AddedOperations since;

  /** Notes where in a graph gradients begin, which are added next. */
  GradientOperations(Graph graph) {
    this.graph = graph;
    this.since = AddedOperations.to(graph);
  }

  /** Improves the gradients that were added since. */
  void tidy() {
    List<GraphOperation> added = since.list();
    NativeGraph nativeGraph = NativeGraph.of(graph);
    added.forEach(operation -> readResult(nativeGraph, operation));
    added.forEach(operation -> place(nativeGraph, operation, inputs(operation)));
    Collections.reverse(added);
    added.forEach(operation -> place(nativeGraph, operation, operation.consumers()));
  }

  /**
   * The gradient of ReLU reads what ReLU gave, which is above 0 where its input is, and not the
   * input, which then need not be kept, and may be computed in one kernel with ReLU.
   */
  private static void readResult(NativeGraph graph, GraphOperation operation) {
    if (operation.type().equals("ReluGrad")) {
      Output<?> features = operation.input(1);
      relu(features).ifPresent(relu -> graph.replaceInput(operation, 1, relu.output(0)));
    }
  }

  private static Optional<GraphOperation> relu(Output<?> features) {
    GraphOperation source = (GraphOperation) features.op();
    return source.consumers(features.index()).stream()
        .filter(consumer -> consumer.type().equals("Relu"))
        .findFirst();
  }

  private static Set<GraphOperation> inputs(GraphOperation operation) {
    Set<GraphOperation> inputs = new HashSet<>();
    for (Operand<?> input : operation.inputs()) {
      inputs.add((GraphOperation) input.op());
    }
    return inputs;
  }

  /** A gradient is computed where all that it is made of is, or all that is made of it. */
  private static void place(
      NativeGraph graph, GraphOperation operation, Set<GraphOperation> neighbours) {
    if (operation.device() != null && !operation.device().isEmpty()) {
      return;
    }
    Set<String> devices = new HashSet<>();
    neighbours.forEach(neighbour -> devices.add(String.valueOf(neighbour.device())));
    devices.remove("");
    if (devices.size() == 1) {
      graph.place(operation, devices.iterator().next());
    }
  }
}
