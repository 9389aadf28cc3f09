package kerava.saving.savedmodel.check;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.NodeDef;

/**
 * Follows the paths of files through a graph: what reads a file gets its path from the loader,
 * which knows the model's own checkpoint and assets, and from nowhere else.
 */
final class FilePathFlow {
  private static final Set<String> CALLS = Set.of("PartitionedCall", "StatefulPartitionedCall");

  /** What a variable is given to and does not change it. */
  private static final Set<String> LOOKING = Set.of("ReadVariableOp", "VarIsInitializedOp");

  /** How many nodes that pass a value on are followed. */
  private static final int MOST = 100;

  private final Subgraph graph;
  private final Map<String, Subgraph> functions;
  private final CallGraph calls;
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

  FilePathFlow(
      Subgraph graph,
      Map<String, Subgraph> functions,
      CallGraph calls,
      Set<String> assets,
      String checkpoint) {
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

  private void require(Subgraph subgraph, NodeDef node, List<Kind> arguments)
      throws GraphException {
    if (OpRegistry.RESTORING.contains(node.getOp())) {
      require(subgraph, node, arguments, 0, Kind.CHECKPOINT);
    } else if (OpRegistry.TABLES.contains(node.getOp())) {
      require(subgraph, node, arguments, 1, Kind.ASSET);
    }
    for (String name : calls.of(node)) {
      Subgraph function = functions.get(name);
      if (function != null) {
        enter(function, passed(subgraph, node, arguments, function.arguments().size()));
      }
    }
  }

  private void enter(Subgraph function, List<Kind> arguments) throws GraphException {
    if (done.add(new Called(function.function().getName(), arguments))) {
      for (NodeDef node : function.nodes().values()) {
        require(function, node, arguments);
      }
    }
  }

  /** What a call hands on; loops and branches hand on nothing that is known. */
  private List<Kind> passed(Subgraph subgraph, NodeDef node, List<Kind> arguments, int count) {
    List<String> inputs = Subgraph.data(node);
    boolean plain = CALLS.contains(node.getOp()) || functions.containsKey(node.getOp());
    return plain && inputs.size() == count
        ? inputs.stream().map(input -> kind(subgraph, input, arguments)).toList()
        : List.of();
  }

  private Kind kind(Subgraph subgraph, String input, List<Kind> arguments) {
    String at = input;
    for (int left = MOST; left > 0; left--) {
      String source = Subgraph.source(at);
      Integer argument = subgraph.arguments().get(source);
      if (argument != null) {
        return argument < arguments.size() ? arguments.get(argument) : Kind.UNKNOWN;
      }
      if (!subgraph.isFunction() && source.equals(checkpoint)) {
        return Kind.CHECKPOINT;
      }
      if (!subgraph.isFunction() && assets.contains(source)) {
        return Kind.ASSET;
      }
      NodeDef node = subgraph.nodes().get(source);
      if (node == null || Subgraph.data(node).isEmpty()) {
        return Kind.UNKNOWN;
      }
      Optional<String> before =
          node.getOp().equals("ReadVariableOp")
              ? assigned(subgraph, node)
              : Optional.of(node.getInput(0)).filter(same -> node.getOp().equals("Identity"));
      if (before.isEmpty()) {
        return Kind.UNKNOWN;
      }
      at = before.get();
    }
    return Kind.UNKNOWN;
  }

  /**
   * What a variable of the graph holds, as Python keeps the paths of assets: where nobody but one
   * node of the graph can write it, and no other variable has its name.
   */
  private Optional<String> assigned(Subgraph subgraph, NodeDef read) {
    NodeDef variable = subgraph.nodes().get(Subgraph.source(read.getInput(0)));
    if (subgraph.isFunction() || variable == null || !isVariable(variable) || isShared(variable)) {
      return Optional.empty();
    }
    List<NodeDef> users =
        graph.nodes().values().stream()
            .filter(node -> Subgraph.data(node).stream().anyMatch(in -> comesFrom(in, variable)))
            .filter(node -> !LOOKING.contains(node.getOp()))
            .toList();
    return users.size() == 1 && users.get(0).getOp().equals("AssignVariableOp")
        ? Optional.of(users.get(0).getInput(1))
        : Optional.empty();
  }

  private static boolean comesFrom(String input, NodeDef node) {
    return Subgraph.source(input).equals(node.getName());
  }

  private static boolean isVariable(NodeDef node) {
    return node.getOp().equals("VarHandleOp");
  }

  private boolean isShared(NodeDef variable) {
    // Also one that looks the same, in a function, is another one of its name.
    return Stream.concat(Stream.of(graph), functions.values().stream())
            .flatMap(subgraph -> subgraph.nodes().values().stream())
            .filter(FilePathFlow::isVariable)
            .filter(node -> sharedName(node).equals(sharedName(variable)))
            .count()
        > 1;
  }

  private static String sharedName(NodeDef variable) {
    AttrValue name = variable.getAttrOrDefault("shared_name", AttrValue.getDefaultInstance());
    return name.getS().isEmpty() ? variable.getName() : name.getS().toStringUtf8();
  }

  private void require(
      Subgraph subgraph, NodeDef node, List<Kind> arguments, int input, Kind wanted)
      throws GraphException {
    List<String> inputs = Subgraph.data(node);
    if (inputs.size() <= input || kind(subgraph, inputs.get(input), arguments) != wanted) {
      throw GraphException.untrusted(
          subgraph.where(node),
          wanted == Kind.ASSET
              ? "the path of one of the model's own assets"
              : "the path of the model's own variables",
          "another, for " + node.getOp());
    }
  }
}
