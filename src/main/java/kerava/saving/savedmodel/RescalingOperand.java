package kerava.saving.savedmodel;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.OpDef;
import org.tensorflow.proto.TensorProto;

/** What stands beside pixels in the arithmetic of a graph. */
enum RescalingOperand {
  /** A number or an array of the model: it scales. */
  CONSTANT,
  /** Nearly nothing, which keeps what is divided by from being zero: it scales nothing. */
  EPSILON,
  /** Drawn at random, by augmentation: it scales nothing that a model relies on. */
  RANDOM,
  /** What was trained, or comes of it. */
  WEIGHT;

  /** Where weights come in, also such as are constants. */
  static final Set<String> WEIGHTED =
      Set.of(
          "Conv2D",
          "Conv3D",
          "DepthwiseConv2dNative",
          "MatMul",
          "BatchMatMulV2",
          "Einsum",
          "FusedBatchNormV3",
          "FusedBatchNorm",
          "_FusedConv2D",
          "_FusedMatMul");

  /** What holds weights, and what reads them. */
  static final Set<String> VARIABLES =
      Set.of("ReadVariableOp", "VarHandleOp", "VariableV2", "Variable");

  private static final Set<String> SUMS = Set.of("Add", "AddV2", "Sub");

  /** Far below what would shift pixels, far above the epsilons of layers. */
  private static final double NEARLY_NOTHING = 0.01;

  /**
   * Finds out what an operand is.
   *
   * @param node the arithmetic
   * @param operand the node or argument beside the pixels
   * @param nodes the nodes of the graph or function, by name
   * @param arguments those of the function
   */
  static RescalingOperand of(
      NodeDef node, String operand, Map<String, NodeDef> nodes, List<OpDef.ArgDef> arguments) {
    if (SUMS.contains(node.getOp()) && nearlyNothing(nodes.get(operand))) {
      return EPSILON;
    }
    Set<String> sources = sources(operand, nodes);
    Predicate<Predicate<String>> anyOperation =
        test ->
            sources.stream()
                .flatMap(name -> Optional.ofNullable(nodes.get(name)).stream())
                .anyMatch(source -> test.test(source.getOp()));
    if (anyOperation.test(WEIGHTED::contains)) {
      return WEIGHT;
    }
    if (anyOperation.test(operation -> operation.contains("Random"))) {
      return RANDOM;
    }
    boolean resource =
        arguments.stream()
            .anyMatch(
                argument ->
                    argument.getType() == DataType.DT_RESOURCE
                        && sources.contains(argument.getName()));
    return resource || anyOperation.test(VARIABLES::contains) ? WEIGHT : CONSTANT;
  }

  /** All nodes and arguments that one is computed from, and itself. */
  private static Set<String> sources(String start, Map<String, NodeDef> nodes) {
    Set<String> found = new HashSet<>(Set.of(start));
    Deque<String> open = new ArrayDeque<>(found);
    while (!open.isEmpty()) {
      NodeDef node = nodes.get(open.remove());
      if (node != null) {
        InputRescaling.data(node).stream().filter(found::add).forEach(open::add);
      }
    }
    return found;
  }

  private static boolean nearlyNothing(@Nullable NodeDef node) {
    if (node == null || !node.getOp().equals("Const")) {
      return false;
    }
    TensorProto value = node.getAttrOrThrow("value").getTensor();
    if (value.getDtype() != DataType.DT_FLOAT || value.getTensorShape().getDimCount() != 0) {
      return false;
    }
    float number =
        value.getFloatValCount() > 0
            ? value.getFloatVal(0)
            : value.getTensorContent().size() == Float.BYTES
                ? value
                    .getTensorContent()
                    .asReadOnlyByteBuffer()
                    .order(java.nio.ByteOrder.LITTLE_ENDIAN)
                    .getFloat()
                : 0;
    return Math.abs(number) < NEARLY_NOTHING;
  }
}
