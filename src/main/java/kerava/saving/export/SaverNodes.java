package kerava.saving.export;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.List;
import kerava.WeightSpec;
import kerava.graph.Variable;
import kerava.saving.savedmodel.TensorBundle;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.CollectionDef;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SaverDef;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;
import org.tensorflow.proto.VariableDef;

/**
 * The operations and the lists by which loaders that know nothing of objects (C++, TensorFlow
 * Serving, Java) restore a graph's variables.
 *
 * <p>They carry the names that TensorFlow Java looks for before it adds its own, which would leave
 * resource variables out (TensorFlow Java 1.1.0).
 */
final class SaverNodes {
  private static final String FILENAME = "save/filename";
  private static final String SAVED = "save/control_dependency";
  private static final String RESTORED = "save/restore_all";
  private static final String NAMES = "save/names";
  private static final String SLICES = "save/slices";

  private SaverNodes() {}

  static SaverDef definition() {
    return SaverDef.newBuilder()
        .setFilenameTensorName(FILENAME + ":0")
        .setSaveTensorName(SAVED + ":0")
        .setRestoreOpName(RESTORED)
        .setVersion(SaverDef.CheckpointFormatVersion.V2)
        .build();
  }

  static List<NodeDef> of(List<Variable> variables) {
    List<String> keys = variables.stream().map(v -> TensorBundle.key(v.name())).toList();
    List<String> empty = keys.stream().map(key -> "").toList();
    List<NodeDef> nodes = new ArrayList<>();
    variables.forEach(variable -> nodes.add(read(variable)));
    nodes.add(filename());
    if (variables.isEmpty()) {
      // SaveV2 and RestoreV2 take no empty list; a model without weights has nothing to restore.
      nodes.add(saved(List.of(FILENAME)));
      nodes.add(node(RESTORED, "NoOp", List.of()).build());
      return nodes;
    }
    nodes.add(texts(NAMES, keys));
    nodes.add(texts(SLICES, empty));
    nodes.add(save(variables));
    nodes.add(saved(List.of(FILENAME, "^save/SaveV2")));
    nodes.add(
        node("save/RestoreV2", "RestoreV2", List.of(FILENAME, NAMES, SLICES))
            .putAttr("dtypes", types(variables))
            .build());
    nodes.addAll(assignments(variables));
    return nodes;
  }

  private static NodeDef saved(List<String> inputs) {
    return node(SAVED, "Identity", inputs).putAttr("T", string()).build();
  }

  private static List<NodeDef> assignments(List<Variable> variables) {
    List<NodeDef> nodes = new ArrayList<>();
    for (int i = 0; i < variables.size(); i++) {
      String value = i == 0 ? "save/RestoreV2" : "save/RestoreV2:" + i;
      nodes.add(
          node(assign(i), "AssignVariableOp", List.of(ServingGraph.node(variables.get(i)), value))
              .putAttr("dtype", type())
              .build());
    }
    List<String> assigned = new ArrayList<>();
    for (int i = 0; i < variables.size(); i++) {
      assigned.add("^" + assign(i));
    }
    nodes.add(node(RESTORED, "NoOp", assigned).build());
    return nodes;
  }

  private static NodeDef filename() {
    return node(FILENAME, "Placeholder", List.of())
        .putAttr("dtype", string())
        .putAttr(
            "shape", AttrValue.newBuilder().setShape(TensorShapeProto.getDefaultInstance()).build())
        .build();
  }

  private static NodeDef save(List<Variable> variables) {
    List<String> inputs = new ArrayList<>(List.of(FILENAME, NAMES, SLICES));
    variables.forEach(variable -> inputs.add(snapshot(variable)));
    return node("save/SaveV2", "SaveV2", inputs).putAttr("dtypes", types(variables)).build();
  }

  private static NodeDef read(Variable variable) {
    return node(snapshot(variable), "ReadVariableOp", List.of(ServingGraph.node(variable)))
        .putAttr("dtype", type())
        .build();
  }

  /** The name that TensorFlow's tools look for when they replace variables by constants. */
  private static String snapshot(Variable variable) {
    return ServingGraph.node(variable) + "/Read/ReadVariableOp";
  }

  private static String assign(int index) {
    return index == 0 ? "save/AssignVariableOp" : "save/AssignVariableOp_" + index;
  }

  private static NodeDef.Builder node(String name, String op, List<String> inputs) {
    return NodeDef.newBuilder().setName(name).setOp(op).addAllInput(inputs);
  }

  private static AttrValue string() {
    return AttrValue.newBuilder().setType(DataType.DT_STRING).build();
  }

  private static AttrValue type() {
    return AttrValue.newBuilder().setType(DataType.DT_FLOAT).build();
  }

  private static AttrValue types(List<Variable> variables) {
    AttrValue.ListValue.Builder types = AttrValue.ListValue.newBuilder();
    variables.forEach(variable -> types.addType(DataType.DT_FLOAT));
    return AttrValue.newBuilder().setList(types).build();
  }

  /** A constant of texts. */
  static NodeDef texts(String name, List<String> texts) {
    TensorProto.Builder tensor = TensorProto.newBuilder().setDtype(DataType.DT_STRING);
    tensor.getTensorShapeBuilder().addDimBuilder().setSize(texts.size());
    texts.forEach(text -> tensor.addStringVal(ByteString.copyFromUtf8(text)));
    return node(name, "Const", List.of())
        .putAttr("dtype", string())
        .putAttr("value", AttrValue.newBuilder().setTensor(tensor).build())
        .build();
  }

  /** A list of variables as graphs without objects carry it; those that are trained, or all. */
  static CollectionDef collection(
      List<Variable> variables, List<WeightSpec> weights, boolean onlyTrained) {
    CollectionDef.BytesList.Builder list = CollectionDef.BytesList.newBuilder();
    for (int i = 0; i < variables.size(); i++) {
      if (weights.get(i).trainable() || !onlyTrained) {
        list.addValue(description(variables.get(i), i, weights.get(i).trainable()).toByteString());
      }
    }
    return CollectionDef.newBuilder().setBytesList(list).build();
  }

  private static Message description(Variable variable, int index, boolean trainable) {
    return VariableDef.newBuilder()
        .setVariableName(ServingGraph.node(variable) + ":0")
        .setInitializerName(assign(index))
        .setSnapshotName(snapshot(variable) + ":0")
        .setIsResource(true)
        .setTrainable(trainable)
        .build();
  }
}
