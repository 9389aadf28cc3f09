package kerava.saving.savedmodel;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import kerava.ClassScores;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;

/** What the operation at the end of a graph says of its output: a softmax gives probabilities. */
final class LastOperation {
  private static final Set<String> KEEPING =
      Set.of("Cast", "Identity", "Mean", "Reshape", "Squeeze", "StopGradient", "Transpose");

  private static final Set<String> CALLS = Set.of("PartitionedCall", "StatefulPartitionedCall");

  private static final Set<String> LINEAR =
      Set.of(
          "Add",
          "AddV2",
          "BiasAdd",
          "Conv2D",
          "Conv3D",
          "Einsum",
          "LogSoftmax",
          "MatMul",
          "_FusedMatMul");

  /** How many operations are looked at: a graph may be damaged and go round. */
  private static final int MOST = 200;

  private final Map<String, FunctionDef> functions;
  private int left = MOST;

  private LastOperation(GraphDef graph) {
    this.functions =
        graph.getLibrary().getFunctionList().stream()
            .collect(
                Collectors.toMap(
                    function -> function.getSignature().getName(),
                    Function.identity(),
                    (one, other) -> one));
  }

  /**
   * What an output means.
   *
   * @param tensor its name in the graph: {@code StatefulPartitionedCall:0}
   */
  static ClassScores of(GraphDef graph, String tensor) {
    return new LastOperation(graph).in(byName(graph.getNodeList()), tensor);
  }

  private static Map<String, NodeDef> byName(List<NodeDef> nodes) {
    return nodes.stream()
        .collect(Collectors.toMap(NodeDef::getName, Function.identity(), (one, other) -> one));
  }

  /** Outputs are named {@code node:0} in a graph, {@code node:output:0} in a function. */
  private ClassScores in(Map<String, NodeDef> nodes, String output) {
    int colon = output.indexOf(':');
    NodeDef node = nodes.get(colon < 0 ? output : output.substring(0, colon));
    if (node == null || left-- == 0) {
      return ClassScores.UNKNOWN;
    }
    if (CALLS.contains(node.getOp())) {
      return called(node, colon < 0 ? "0" : output.substring(output.lastIndexOf(':') + 1));
    }
    if (KEEPING.contains(node.getOp()) && node.getInputCount() > 0) {
      return in(nodes, node.getInput(0));
    }
    return switch (node.getOp()) {
      case "Softmax" -> ClassScores.PROBABILITIES;
      case "Sigmoid" -> ClassScores.SIGMOID;
      default -> LINEAR.contains(node.getOp()) ? ClassScores.LOGITS : ClassScores.UNKNOWN;
    };
  }

  private ClassScores called(NodeDef call, String number) {
    FunctionDef function =
        functions.get(
            call.getAttrOrDefault("f", AttrValue.getDefaultInstance()).getFunc().getName());
    if (function == null || !number.matches("\\d{1,4}")) {
      return ClassScores.UNKNOWN;
    }
    int index = Integer.parseInt(number);
    if (index >= function.getSignature().getOutputArgCount()) {
      return ClassScores.UNKNOWN;
    }
    String name = function.getSignature().getOutputArg(index).getName();
    return in(byName(function.getNodeDefList()), function.getRetOrDefault(name, ""));
  }
}
