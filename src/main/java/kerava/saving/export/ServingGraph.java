package kerava.saving.export;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kerava.graph.Network;
import kerava.graph.Variable;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;

/** The graph that a server runs: what the signatures need, and nothing of training. */
final class ServingGraph {
  private final GraphDef.Builder graph;

  private ServingGraph(GraphDef.Builder graph) {
    this.graph = graph;
  }

  /**
   * The part of a network that some places follow from, with its variables and the operations that
   * save and restore them.
   */
  static ServingGraph of(
      Network network, Collection<ExportTensor> outputs, List<Variable> variables) {
    GraphDef built = network.graph().toGraphDef();
    GraphDef whole =
        built.toBuilder().clearNode().addAllNode(PortableNodes.of(built.getNodeList())).build();
    Deque<String> wanted = new ArrayDeque<>();
    outputs.forEach(tensor -> wanted.add(tensor.operand().op().name()));
    variables.forEach(variable -> wanted.add(node(variable)));
    network.tables().all().forEach(table -> wanted.add(table.handle().op().name()));
    Set<String> kept = reachable(whole, wanted);
    GraphDef.Builder graph = whole.toBuilder().clearNode();
    // In the order of the whole graph, in which every node comes after its inputs.
    whole.getNodeList().stream()
        .filter(node -> kept.contains(node.getName()))
        .forEach(graph::addNode);
    graph.addAllNode(SaverNodes.of(variables));
    return new ServingGraph(graph);
  }

  /** The name of a variable's node. */
  static String node(Variable variable) {
    return variable.handle().op().name();
  }

  private static Set<String> reachable(GraphDef graph, Deque<String> wanted) {
    Map<String, NodeDef> nodes = new HashMap<>();
    graph.getNodeList().forEach(node -> nodes.put(node.getName(), node));
    Set<String> seen = new HashSet<>();
    while (!wanted.isEmpty()) {
      String name = wanted.remove();
      NodeDef node = nodes.get(name);
      if (node != null && seen.add(name)) {
        node.getInputList().forEach(input -> wanted.add(owner(input)));
      }
    }
    return seen;
  }

  /** The name of the node that an input of another comes from. */
  static String owner(String input) {
    int colon = input.indexOf(':');
    return input.substring(input.startsWith("^") ? 1 : 0, colon < 0 ? input.length() : colon);
  }

  GraphDef.Builder graph() {
    return graph;
  }
}
