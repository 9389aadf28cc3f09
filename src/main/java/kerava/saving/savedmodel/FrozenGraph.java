package kerava.saving.savedmodel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kerava.graph.Array;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.FunctionDefLibrary;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.OpDef;
import org.tensorflow.proto.TensorProto;

/** Puts the values of variables in their places, in a graph and in the functions that it calls. */
final class FrozenGraph {
  private static final Set<String> CALLS = Set.of("PartitionedCall", "StatefulPartitionedCall");

  private final Map<String, FunctionDef> library = new HashMap<>();
  private final Map<String, FunctionDef> frozen = new LinkedHashMap<>();
  private final String prefix;

  /**
   * A graph.
   *
   * @param library the functions that it may call
   * @param prefix what the names of its functions begin with then
   */
  FrozenGraph(FunctionDefLibrary library, String prefix) {
    library.getFunctionList().forEach(f -> this.library.put(f.getSignature().getName(), f));
    this.prefix = prefix;
  }

  /**
   * The graph of some nodes.
   *
   * @param values those of variables, by the names of their nodes
   * @throws UnsupportedOperationException if variables are not only read; the message says how
   */
  GraphDef of(List<NodeDef> nodes, Map<String, Array> values) {
    Map<String, DataType> types = new HashMap<>();
    GraphDef.Builder graph = GraphDef.newBuilder();
    List<NodeDef> others = new ArrayList<>();
    for (NodeDef node : nodes) {
      if (values.containsKey(node.getName())) {
        DataType type = node.getAttrOrThrow("dtype").getType();
        types.put(node.getName(), type);
        graph.addNode(constant(node.getName(), type, values.get(node.getName())));
      } else {
        others.add(node);
      }
    }
    graph.addAllNode(rewritten(others, types, false));
    graph.getLibraryBuilder().addAllFunction(frozen.values());
    return graph.build();
  }

  private static NodeDef constant(String name, DataType type, Array value) {
    boolean held = value.type() == Array.Type.FLOAT32 || value.type() == Array.Type.STRING;
    Array values = held ? value : value.to(Array.Type.INT64);
    return constant(name, Protos.values(values, SignatureTensor.type(type)));
  }

  private static NodeDef constant(String name, TensorProto value) {
    return NodeDef.newBuilder()
        .setName(name)
        .setOp("Const")
        .putAttr("dtype", type(value.getDtype()))
        .putAttr("value", AttrValue.newBuilder().setTensor(value).build())
        .build();
  }

  private static AttrValue type(DataType type) {
    return AttrValue.newBuilder().setType(type).build();
  }

  /**
   * Nodes of a graph or of a function's body.
   *
   * @param values the types of those tensors that were variables, by the names of their nodes
   */
  private List<NodeDef> rewritten(
      List<NodeDef> nodes, Map<String, DataType> values, boolean function) {
    List<NodeDef> result = new ArrayList<>();
    Set<String> reads = new HashSet<>();
    for (NodeDef node : nodes) {
      List<DataType> inputs = new ArrayList<>();
      node.getInputList().forEach(input -> inputs.add(values.get(input.replaceAll(":.*", ""))));
      boolean reading = node.getOp().equals("ReadVariableOp");
      if (reading) {
        reads.add(node.getName());
      }
      NodeDef.Builder changed = renamed(node, inputs);
      if (inputs.stream().anyMatch(input -> input != null) && !isCall(node)) {
        read(changed, inputs, result, function);
      }
      result.add(changed.build());
    }
    return function ? result.stream().map(node -> following(node, reads)).toList() : result;
  }

  private boolean isCall(NodeDef node) {
    return CALLS.contains(node.getOp()) || library.containsKey(node.getOp());
  }

  /** In a function, an output goes by the name that its operation has for it. */
  private static NodeDef following(NodeDef node, Set<String> reads) {
    NodeDef.Builder changed = node.toBuilder().clearInput();
    node.getInputList().forEach(input -> changed.addInput(followed(input, reads)));
    return changed.build();
  }

  private static String followed(String input, Set<String> reads) {
    int colon = input.indexOf(':');
    boolean read = colon > 0 && reads.contains(input.substring(0, colon));
    return read ? input.substring(0, colon) + ":output:0" : input;
  }

  private static void read(
      NodeDef.Builder node, List<DataType> inputs, List<NodeDef> before, boolean function) {
    DataType value = inputs.get(0);
    switch (value == null ? "" : node.getOp()) {
      case "ReadVariableOp" -> node.setOp("Identity").clearAttr().putAttr("T", type(value));
      case "ResourceGather" -> {
        String axis = node.getName() + "/axis";
        before.add(
            constant(
                axis,
                TensorProto.newBuilder()
                    .setDtype(DataType.DT_INT32)
                    .setTensorShape(Protos.shape(org.tensorflow.ndarray.Shape.scalar()))
                    .addIntVal(0)
                    .build()));
        AttrValue indices = node.getAttrOrThrow("Tindices");
        List<String> all = new ArrayList<>(node.getInputList());
        all.add(2, function ? axis + ":output:0" : axis);
        node.setOp("GatherV2").clearInput().addAllInput(all).clearAttr();
        node.putAttr("Tparams", type(value));
        node.putAttr("Tindices", indices);
        node.putAttr("Taxis", type(DataType.DT_INT32));
      }
      default -> throw new UnsupportedOperationException(node.getOp() + " of a weight");
    }
  }

  /** The node with the functions that it calls under their new names. */
  private NodeDef.Builder renamed(NodeDef node, List<DataType> inputs) {
    if (node.getOp().endsWith("HashTableV2") || node.getOp().equals("VarHandleOp")) {
      throw new UnsupportedOperationException(node.getOp());
    }
    NodeDef.Builder changed = node.toBuilder();
    if (node.getOp().equals("EnsureShape")) {
      // TensorFlow has no gradient of it in C++.
      return changed.setOp("Identity").removeAttr("shape");
    }
    if (library.containsKey(node.getOp())) {
      return changed.setOp(function(node.getOp(), inputs));
    }
    boolean call = CALLS.contains(node.getOp());
    for (Map.Entry<String, AttrValue> attribute : node.getAttrMap().entrySet()) {
      AttrValue.Builder value = attribute.getValue().toBuilder();
      if (value.hasFunc()) {
        String name = value.getFunc().getName();
        value.getFuncBuilder().setName(function(name, call ? inputs : List.of()));
      }
      for (int i = 0; i < value.getList().getFuncCount(); i++) {
        String name = value.getList().getFunc(i).getName();
        value.getListBuilder().getFuncBuilder(i).setName(function(name, List.of()));
      }
      if (call && attribute.getKey().equals("Tin")) {
        for (int i = 0; i < value.getList().getTypeCount(); i++) {
          DataType type = inputs.get(i);
          value.getListBuilder().setType(i, type == null ? value.getList().getType(i) : type);
        }
      }
      changed.putAttr(attribute.getKey(), value.build());
    }
    return changed.removeAttr("_read_only_resource_inputs");
  }

  /** The name of a function that takes values in the place of variables. */
  private String function(String name, List<DataType> inputs) {
    FunctionDef function = library.get(name);
    if (function == null) {
      return name;
    }
    StringBuilder own = new StringBuilder(prefix).append(name);
    for (int i = 0; i < inputs.size(); i++) {
      own.append(inputs.get(i) == null ? "" : "_" + i);
    }
    String changed = own.toString();
    if (frozen.containsKey(changed)) {
      return changed;
    }
    frozen.put(changed, function);
    FunctionDef.Builder result = function.toBuilder().clearNodeDef().clearResourceArgUniqueId();
    OpDef.Builder signature = result.getSignatureBuilder().setName(changed);
    Map<String, DataType> values = new HashMap<>();
    for (int i = 0; i < signature.getInputArgCount(); i++) {
      DataType type = i < inputs.size() ? inputs.get(i) : null;
      if (type != null) {
        signature.getInputArgBuilder(i).setType(type);
        values.put(signature.getInputArg(i).getName(), type);
      }
    }
    result.addAllNodeDef(rewritten(function.getNodeDefList(), values, true));
    Set<String> reads = new HashSet<>();
    function.getNodeDefList().stream()
        .filter(node -> node.getOp().equals("ReadVariableOp"))
        .forEach(node -> reads.add(node.getName()));
    function.getRetMap().forEach((key, from) -> result.putRet(key, followed(from, reads)));
    frozen.put(changed, result.build());
    return changed;
  }
}
