package kerava.saving.export;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.NodeDef;

/**
 * Writes operations in the form that other readers of SavedModels know.
 *
 * <p>TensorFlow Java pools with {@code MaxPoolV2}, whose window is an input; LiteRT and others know
 * only {@code MaxPool}, whose window is an attribute.
 */
final class PortableNodes {
  private static final String OLD = "MaxPoolV2";

  private PortableNodes() {}

  /** The same nodes, of a graph or of a function's body. */
  static List<NodeDef> of(List<NodeDef> nodes) {
    Map<String, NodeDef> constants = new HashMap<>();
    nodes.stream()
        .filter(node -> node.getOp().equals("Const"))
        .forEach(node -> constants.put(node.getName(), node));
    return nodes.stream()
        .map(node -> node.getOp().equals(OLD) ? pool(node, constants) : node)
        .toList();
  }

  private static NodeDef pool(NodeDef node, Map<String, NodeDef> constants) {
    NodeDef size = constants.get(ServingGraph.owner(node.getInput(1)));
    NodeDef strides = constants.get(ServingGraph.owner(node.getInput(2)));
    if (size == null || strides == null) {
      return node;
    }
    return node.toBuilder()
        .setOp("MaxPool")
        .clearInput()
        .addInput(node.getInput(0))
        .putAttr("ksize", numbers(size))
        .putAttr("strides", numbers(strides))
        .build();
  }

  private static AttrValue numbers(NodeDef constant) {
    AttrValue.ListValue.Builder list = AttrValue.ListValue.newBuilder();
    ConstantNodes.ints(constant).forEach(list::addI);
    return AttrValue.newBuilder().setList(list).build();
  }
}
