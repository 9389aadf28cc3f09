package kerava.saving.savedmodel;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tensorflow.proto.NodeDef;

/**
 * Follows the paths of files through a graph: what reads a file gets its path from the loader,
 * which knows the model's own checkpoint and assets, and from nowhere else.
 */
final class Trace {
  private static final Set<String> CALLS = Set.of("PartitionedCall", "StatefulPartitionedCall");

  /** How many nodes that pass a value on are followed. */
  private static final int MOST = 100;

  private final Body graph;
  private final Map<String, Body> functions;
  private final Calls calls;
  private final Set<String> assets;
  private final String checkpoint;
  private final Set<Called> done = new HashSet<>();

  /** What a path is known to be. */
  private enum Kind {
    CHECKPOINT,
    ASSET,
    UNKNOWN
  }

  /**
   * A function and what is known of its arguments.
   *
   * @param arguments one for each argument
   */
  private record Called(String function, List<Kind> arguments) {}

  Trace(
      Body graph, Map<String, Body> functions, Calls calls, Set<String> assets, String checkpoint) {
    this.graph = graph;
    this.functions = functions;
    this.calls = calls;
    this.assets = assets;
    this.checkpoint = checkpoint;
  }

  /** Looks at nodes of the graph that run, and at the functions that they call. */
  void require(List<NodeDef> nodes) throws GraphException {
    for (NodeDef node : nodes) {
      require(graph, node, List.of());
    }
  }

  private void require(Body body, NodeDef node, List<Kind> arguments) throws GraphException {
    if (Operations.RESTORING.contains(node.getOp())) {
      require(body, node, arguments, 0, Kind.CHECKPOINT);
    } else if (Operations.TABLES.contains(node.getOp())) {
      require(body, node, arguments, 1, Kind.ASSET);
    }
    for (String name : calls.of(node)) {
      Body function = functions.get(name);
      if (function != null) {
        enter(function, passed(body, node, arguments, function.arguments().size()));
      }
    }
  }

  private void enter(Body function, List<Kind> arguments) throws GraphException {
    if (done.add(new Called(function.function().getName(), arguments))) {
      for (NodeDef node : function.nodes().values()) {
        require(function, node, arguments);
      }
    }
  }

  /** What a call hands on; loops and branches hand on nothing that is known. */
  private List<Kind> passed(Body body, NodeDef node, List<Kind> arguments, int count) {
    List<String> inputs = Body.data(node);
    boolean plain = CALLS.contains(node.getOp()) || functions.containsKey(node.getOp());
    return plain && inputs.size() == count
        ? inputs.stream().map(input -> kind(body, input, arguments)).toList()
        : List.of();
  }

  private Kind kind(Body body, String input, List<Kind> arguments) {
    String at = input;
    for (int left = MOST; left > 0; left--) {
      String source = Body.source(at);
      Integer argument = body.arguments().get(source);
      if (argument != null) {
        return argument < arguments.size() ? arguments.get(argument) : Kind.UNKNOWN;
      }
      if (!body.isFunction() && source.equals(checkpoint)) {
        return Kind.CHECKPOINT;
      }
      if (!body.isFunction() && assets.contains(source)) {
        return Kind.ASSET;
      }
      NodeDef node = body.nodes().get(source);
      if (node == null || !node.getOp().equals("Identity") || node.getInputCount() == 0) {
        return Kind.UNKNOWN;
      }
      at = node.getInput(0);
    }
    return Kind.UNKNOWN;
  }

  private void require(Body body, NodeDef node, List<Kind> arguments, int input, Kind wanted)
      throws GraphException {
    List<String> inputs = Body.data(node);
    if (inputs.size() <= input || kind(body, inputs.get(input), arguments) != wanted) {
      throw GraphException.untrusted(
          body.where(node),
          wanted == Kind.ASSET
              ? "the path of one of the model's own assets"
              : "the path of the model's own variables",
          "another, for " + node.getOp());
    }
  }
}
