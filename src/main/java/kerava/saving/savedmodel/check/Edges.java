package kerava.saving.savedmodel.check;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kerava.config.Listed;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.OpDef;

/**
 * What flows between the nodes of one subgraph: each input comes from somewhere, and none in a
 * circle.
 */
final class Edges {
  /** The only operations that a loop of TensorFlow 1 leads back through. */
  private static final Set<String> BACK = Set.of("NextIteration", "RefNextIteration");

  private static final int LETTERS = 60;

  private final Subgraph subgraph;
  private final Map<String, TypedNode> typed;

  Edges(Subgraph subgraph, Map<String, TypedNode> typed) {
    this.subgraph = subgraph;
    this.typed = typed;
  }

  void require() throws GraphException {
    for (NodeDef node : subgraph.nodes().values()) {
      requireInputs(node);
    }
    requireNoCircle();
  }

  private void requireInputs(NodeDef node) throws GraphException {
    TensorTypes types = TensorTypes.NONE;
    boolean control = false;
    for (String input : node.getInputList()) {
      if (input.startsWith("^")) {
        control = true;
        if (!subgraph.nodes().containsKey(input.substring(1)) && !isArgument(input.substring(1))) {
          throw dangling(node, input);
        }
        continue;
      }
      if (control) {
        throw GraphException.damaged(
            subgraph.where(node),
            "inputs that carry values before those that do not",
            "one behind");
      }
      types = types.and(type(node, input));
    }
    TensorTypes wanted = of(node).inputs();
    if (!types.fit(wanted)) {
      throw GraphException.damaged(
          subgraph.where(node),
          "inputs " + wanted + " for " + Listed.cut(node.getOp(), LETTERS),
          types.toString());
    }
  }

  /**
   * The types of what an input of a node names.
   *
   * @param node who names it
   */
  TensorTypes type(NodeDef node, String input) throws GraphException {
    return subgraph.isFunction() ? inFunction(node, input) : inGraph(node, input);
  }

  private boolean isArgument(String name) {
    return subgraph.arguments().containsKey(name);
  }

  private TypedNode of(NodeDef node) {
    TypedNode found = typed.get(node.getName());
    if (found == null) {
      throw new IllegalStateException("Edges: expected a declaration of each node, got none.");
    }
    return found;
  }

  /** {@code node} or {@code node:2}. */
  private TensorTypes inGraph(NodeDef node, String input) throws GraphException {
    NodeDef source = subgraph.nodes().get(Subgraph.source(input));
    if (source == null) {
      throw dangling(node, input);
    }
    int colon = input.indexOf(':');
    String number = colon < 0 ? "0" : input.substring(colon + 1);
    return numbered(node, input, of(source).outputs(), number);
  }

  private TensorTypes numbered(NodeDef node, String input, TensorTypes types, String number)
      throws GraphException {
    if (!number.matches("\\d{1,6}")
        || (types.known() && Integer.parseInt(number) >= types.size())) {
      throw dangling(node, input);
    }
    return types.at(Integer.parseInt(number));
  }

  /**
   * {@code argument}, {@code node:output} for all of an output's tensors, or {@code node:output:2}.
   */
  private TensorTypes inFunction(NodeDef node, String input) throws GraphException {
    String[] parts = input.split(":", -1);
    Integer argument = subgraph.arguments().get(parts[0]);
    if (argument != null && parts.length <= 2) {
      return FunctionSignatures.type(subgraph.function().getInputArg(argument));
    }
    NodeDef source = subgraph.nodes().get(parts[0]);
    if (source == null || parts.length < 2 || parts.length > 3) {
      throw dangling(node, input);
    }
    for (OpDef.ArgDef output : of(source).operation().getOutputArgList()) {
      if (output.getName().equals(parts[1])) {
        TensorTypes types = of(source).types(output);
        return parts.length == 2 ? types : numbered(node, input, types, parts[2]);
      }
    }
    throw dangling(node, input);
  }

  private GraphException dangling(NodeDef node, String input) {
    return GraphException.damaged(
        subgraph.where(node),
        "inputs that are outputs of other nodes",
        "\"" + Listed.cut(input, LETTERS) + "\"");
  }

  /** Removes what waits for nothing until nothing is left; a circle stays. */
  private void requireNoCircle() throws GraphException {
    Map<String, Integer> waiting = new HashMap<>();
    Map<String, List<String>> next = new HashMap<>();
    Deque<String> ready = new ArrayDeque<>();
    for (NodeDef node : subgraph.nodes().values()) {
      int sources = 0;
      for (String source : Subgraph.sources(node)) {
        NodeDef from = subgraph.nodes().get(source);
        if (from != null && !BACK.contains(from.getOp())) {
          next.computeIfAbsent(source, key -> new ArrayList<>()).add(node.getName());
          sources++;
        }
      }
      waiting.put(node.getName(), sources);
      if (sources == 0) {
        ready.add(node.getName());
      }
    }
    while (!ready.isEmpty()) {
      String done = ready.remove();
      waiting.remove(done);
      for (String name : next.getOrDefault(done, List.of())) {
        if (waiting.merge(name, -1, Integer::sum) == 0) {
          ready.add(name);
        }
      }
    }
    for (NodeDef node : subgraph.nodes().values()) {
      if (waiting.containsKey(node.getName())) {
        throw GraphException.damaged(
            subgraph.where(node), "nodes that do not wait for themselves", "a circle");
      }
    }
  }
}
