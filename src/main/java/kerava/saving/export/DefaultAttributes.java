package kerava.saving.export;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import kerava.graph.NativeTensorFlow;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.OpDef;
import org.tensorflow.proto.OpList;

/**
 * Leaves out of a graph what an older server may not know and does not need: attributes that have
 * their default value.
 */
final class DefaultAttributes {
  private static final Map<String, OpDef> OPERATIONS = operations();

  private DefaultAttributes() {}

  private static Map<String, OpDef> operations() {
    Map<String, OpDef> operations = new HashMap<>();
    NativeTensorFlow.operations().getOpList().forEach(op -> operations.put(op.getName(), op));
    return operations;
  }

  static void strip(GraphDef.Builder graph) {
    graph.getNodeBuilderList().forEach(DefaultAttributes::strip);
    for (FunctionDef.Builder function : graph.getLibraryBuilder().getFunctionBuilderList()) {
      function.getNodeDefBuilderList().forEach(DefaultAttributes::strip);
    }
  }

  private static void strip(NodeDef.Builder node) {
    OpDef operation = OPERATIONS.get(node.getOp());
    if (operation == null) {
      return;
    }
    for (OpDef.AttrDef attribute : operation.getAttrList()) {
      if (attribute.hasDefaultValue()
          && attribute.getDefaultValue().equals(node.getAttrMap().get(attribute.getName()))) {
        node.removeAttr(attribute.getName());
      }
    }
  }

  /** The operations that a graph uses, sorted, without their documentation. */
  static OpList used(GraphDef.Builder graph) {
    TreeSet<String> names = new TreeSet<>();
    collect(names, graph.getNodeList());
    graph.getLibrary().getFunctionList().forEach(f -> collect(names, f.getNodeDefList()));
    OpList.Builder used = OpList.newBuilder();
    names.stream().filter(OPERATIONS::containsKey).forEach(name -> used.addOp(bare(name)));
    return used.build();
  }

  private static void collect(Set<String> names, List<NodeDef> nodes) {
    nodes.forEach(node -> names.add(node.getOp()));
  }

  private static OpDef bare(String name) {
    return OPERATIONS.getOrDefault(name, OpDef.getDefaultInstance()).toBuilder()
        .clearSummary()
        .clearDescription()
        .build();
  }
}
