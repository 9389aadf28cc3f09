package kerava.graph;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.types.family.TType;

/** A graph out of a file, as a part of another. */
public final class ImportedGraph {
  private ImportedGraph() {}

  /**
   * Adds the operations of a graph.
   *
   * @param tf where
   * @param definition of operations that need nothing to be initialized
   * @param inputs what takes the place of its placeholders, by their names
   * @param outputs the names of the tensors that are asked for: {@code node:0}
   * @return one a name
   * @throws IllegalArgumentException if TensorFlow cannot build the graph
   */
  public static List<? extends Operand<? extends TType>> add(
      Ops tf,
      GraphDef definition,
      Map<String, ? extends Operand<? extends TType>> inputs,
      List<String> outputs) {
    Graph graph = (Graph) tf.scope().env();
    String prefix = tf.scope().makeOpName("imported");
    graph.importGraphDef(definition, prefix);
    NativeGraph edges = NativeGraph.of(graph);
    for (Iterator<GraphOperation> all = graph.operations(); all.hasNext(); ) {
      GraphOperation operation = all.next();
      if (operation.name().startsWith(prefix + "/")) {
        replace(edges, operation, prefix, inputs);
      }
    }
    return outputs.stream().map(name -> output(graph, prefix, name, inputs)).toList();
  }

  private static void replace(
      NativeGraph edges,
      GraphOperation operation,
      String prefix,
      Map<String, ? extends Operand<? extends TType>> inputs) {
    for (int i = 0; i < operation.numInputs(); i++) {
      String source = operation.input(i).op().name();
      Operand<?> other =
          source.startsWith(prefix + "/")
              ? inputs.get(source.substring(prefix.length() + 1))
              : null;
      if (other != null) {
        edges.replaceInput(operation, i, other.asOutput());
      }
    }
  }

  private static Operand<? extends TType> output(
      Graph graph,
      String prefix,
      String name,
      Map<String, ? extends Operand<? extends TType>> inputs) {
    int colon = name.indexOf(':');
    String node = colon < 0 ? name : name.substring(0, colon);
    int index = colon < 0 ? 0 : Integer.parseInt(name.substring(colon + 1));
    Operand<? extends TType> given = inputs.get(node);
    if (given != null) {
      return given;
    }
    @SuppressWarnings("unchecked") // every tensor has a type
    Output<? extends TType> output =
        (Output<? extends TType>) graph.operationOrThrow(prefix + "/" + node).output(index);
    return output;
  }
}
