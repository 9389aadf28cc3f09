package kerava.saving.savedmodel;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.OpDef;

/**
 * What a graph does to an input before anything is multiplied with weights: whether it scales or
 * normalizes the numbers itself, as Keras' exports do of models that begin with Rescaling.
 */
final class InputRescaling {
  /** Arithmetic, which is scaling where a number or an array of the model stands beside. */
  private static final Set<String> ARITHMETIC =
      Set.of("Mul", "Sub", "Add", "AddV2", "RealDiv", "Div", "DivNoNan", "BiasAdd");

  /** What gives no pixels, but how many there are. */
  private static final Set<String> SIZES = Set.of("Shape", "ShapeN", "Size", "Rank");

  private static final Set<String> CALLS = Set.of("PartitionedCall", "StatefulPartitionedCall");

  /** How many calls of functions are followed: a graph may be damaged and go round. */
  private static final int MOST = 1000;

  private final Map<String, FunctionDef> functions = new HashMap<>();
  private int left = MOST;

  /** Whether weights are constants. */
  private final boolean frozen;

  private InputRescaling(GraphDef graph) {
    frozen =
        graph.getNodeList().stream()
            .noneMatch(node -> RescalingOperand.VARIABLES.contains(node.getOp()));
    graph
        .getLibrary()
        .getFunctionList()
        .forEach(function -> functions.put(function.getSignature().getName(), function));
  }

  /**
   * Whether a graph scales what it is given.
   *
   * @param tensor the name of the input's tensor: {@code serving_default_x:0}
   */
  static boolean rescaled(GraphDef graph, String tensor) {
    String name = tensor.replaceFirst(":\\d+$", "");
    return new InputRescaling(graph).walk(graph.getNodeList(), List.of(), name).rescaled();
  }

  /**
   * How far an input came.
   *
   * @param rescaled whether it met arithmetic
   * @param reached the nodes and arguments that it reached unscaled
   */
  private record Reach(boolean rescaled, Set<String> reached) {}

  private Reach walk(List<NodeDef> nodes, List<OpDef.ArgDef> arguments, String start) {
    Map<String, NodeDef> byName =
        nodes.stream().collect(Collectors.toMap(NodeDef::getName, node -> node, (one, two) -> one));
    Set<String> reached = new HashSet<>(Set.of(start));
    Deque<String> open = new ArrayDeque<>(reached);
    Map<String, List<NodeDef>> consumers = consumers(nodes);
    while (!open.isEmpty()) {
      for (NodeDef node : consumers.getOrDefault(open.remove(), List.of())) {
        Meeting meeting =
            meet(node, reached, operand -> RescalingOperand.of(node, operand, byName, arguments));
        if (meeting == Meeting.SCALING) {
          return new Reach(true, reached);
        }
        if (meeting == Meeting.PASSING && reached.add(node.getName())) {
          open.add(node.getName());
        }
      }
    }
    return new Reach(false, reached);
  }

  private static Map<String, List<NodeDef>> consumers(List<NodeDef> nodes) {
    return nodes.stream()
        .flatMap(node -> data(node).stream().distinct().map(source -> Map.entry(source, node)))
        .collect(
            Collectors.groupingBy(
                Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
  }

  /** The nodes and arguments that a node's inputs come from. */
  static List<String> data(NodeDef node) {
    return node.getInputList().stream()
        .filter(input -> !input.startsWith("^"))
        .map(input -> input.replaceFirst(":.*$", ""))
        .toList();
  }

  /** What happens at a node. */
  private enum Meeting {
    SCALING,
    PASSING,
    END
  }

  private Meeting meet(NodeDef node, Set<String> reached, Function<String, RescalingOperand> kind) {
    if (CALLS.contains(node.getOp())) {
      return call(node, reached);
    }
    if (ARITHMETIC.contains(node.getOp()) || RescalingOperand.WEIGHTED.contains(node.getOp())) {
      List<RescalingOperand> beside =
          data(node).stream().filter(operand -> !reached.contains(operand)).map(kind).toList();
      return ARITHMETIC.contains(node.getOp()) ? arithmetic(beside) : product(beside);
    }
    return SIZES.contains(node.getOp()) ? Meeting.END : Meeting.PASSING;
  }

  /**
   * A matrix or a filter that is not trained, such as one that makes colours grey, moves pixels.
   */
  private Meeting product(List<RescalingOperand> beside) {
    boolean fixed = beside.stream().allMatch(operand -> operand == RescalingOperand.CONSTANT);
    return fixed && !frozen ? Meeting.PASSING : Meeting.END;
  }

  private static Meeting arithmetic(List<RescalingOperand> beside) {
    if (beside.contains(RescalingOperand.WEIGHT)) {
      return Meeting.END;
    }
    return beside.contains(RescalingOperand.CONSTANT) ? Meeting.SCALING : Meeting.PASSING;
  }

  private Meeting call(NodeDef node, Set<String> reached) {
    FunctionDef function =
        functions.get(
            node.getAttrOrDefault("f", AttrValue.getDefaultInstance()).getFunc().getName());
    List<String> inputs = data(node);
    if (function == null || inputs.size() > function.getSignature().getInputArgCount()) {
      return Meeting.END;
    }
    boolean passes = false;
    for (int i = 0; i < inputs.size(); i++) {
      if (reached.contains(inputs.get(i)) && left-- > 0) {
        List<OpDef.ArgDef> arguments = function.getSignature().getInputArgList();
        Reach reach = walk(function.getNodeDefList(), arguments, arguments.get(i).getName());
        if (reach.rescaled()) {
          return Meeting.SCALING;
        }
        passes |=
            function.getRetMap().values().stream()
                .anyMatch(result -> reach.reached().contains(result.replaceFirst(":.*$", "")));
      }
    }
    return passes ? Meeting.PASSING : Meeting.END;
  }
}
