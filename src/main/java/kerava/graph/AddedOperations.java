package kerava.graph;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;

/**
 * What is added to a graph from some time on.
 *
 * @param graph the graph
 * @param before how many operations it had then
 */
record AddedOperations(Graph graph, int before) {
  /** What is added from now on. */
  static AddedOperations to(Graph graph) {
    int count = 0;
    for (Iterator<GraphOperation> all = graph.operations(); all.hasNext(); all.next()) {
      count++;
    }
    return new AddedOperations(graph, count);
  }

  /** The operations that were added so far, in their order. */
  List<GraphOperation> list() {
    List<GraphOperation> added = new ArrayList<>();
    int index = 0;
    for (Iterator<GraphOperation> all = graph.operations(); all.hasNext(); index++) {
      GraphOperation operation = all.next();
      if (index >= before) {
        added.add(operation);
      }
    }
    return added;
  }
}
