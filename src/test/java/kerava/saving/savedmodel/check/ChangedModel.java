package kerava.saving.savedmodel.check;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import kerava.interop.KerasFixtures;
import org.junit.jupiter.params.provider.Arguments;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NameAttrList;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.OpDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;

/** A sound model of TensorFlow's, changed; and what its graph is made of. */
final class ChangedModel {
  static final long CONSTANTS = 1 << 20;
  static final AttrValue STRING = type(DataType.DT_STRING);

  private ChangedModel() {}

  static MetaGraphDef model(String name) throws IOException {
    byte[] bytes = Files.readAllBytes(KerasFixtures.file(name).resolve("saved_model.pb"));
    return SavedModel.parseFrom(bytes).getMetaGraphs(0);
  }

  static MetaGraphDef changed(Consumer<MetaGraphDef.Builder> change) throws IOException {
    MetaGraphDef.Builder model = model("tf_module").toBuilder();
    change.accept(model);
    return model.build();
  }

  static MetaGraphDef with(Consumer<GraphDef.Builder> change) throws IOException {
    return changed(model -> change.accept(model.getGraphDefBuilder()));
  }

  static AttrValue type(DataType type) {
    return AttrValue.newBuilder().setType(type).build();
  }

  static AttrValue types(DataType... types) {
    AttrValue.Builder list = AttrValue.newBuilder();
    list.getListBuilder().addAllType(List.of(types));
    return list.build();
  }

  static AttrValue number(long value) {
    return AttrValue.newBuilder().setI(value).build();
  }

  static AttrValue text(String value) {
    return AttrValue.newBuilder().setS(ByteString.copyFromUtf8(value)).build();
  }

  static AttrValue reference(String name) {
    return AttrValue.newBuilder().setFunc(NameAttrList.newBuilder().setName(name)).build();
  }

  static TensorShapeProto shape(long... sizes) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (long size : sizes) {
      shape.addDimBuilder().setSize(size);
    }
    return shape.build();
  }

  static NodeDef node(
      String name, String op, List<String> inputs, Map<String, AttrValue> attributes) {
    return NodeDef.newBuilder()
        .setName(name)
        .setOp(op)
        .addAllInput(inputs)
        .putAllAttr(attributes)
        .build();
  }

  static NodeDef constant(String name, String value) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setDtype(DataType.DT_STRING)
            .addStringVal(ByteString.copyFromUtf8(value));
    tensor.getTensorShapeBuilder();
    return node(
        name,
        "Const",
        List.of(),
        Map.of("dtype", STRING, "value", AttrValue.newBuilder().setTensor(tensor).build()));
  }

  static NodeDef floats(TensorShapeProto shape, Consumer<TensorProto.Builder> values) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setDtype(DataType.DT_FLOAT).setTensorShape(shape);
    values.accept(tensor);
    return node(
        "big",
        "Const",
        List.of(),
        Map.of(
            "dtype",
            type(DataType.DT_FLOAT),
            "value",
            AttrValue.newBuilder().setTensor(tensor).build()));
  }

  static FunctionDef function(String name, NodeDef... nodes) {
    return FunctionDef.newBuilder()
        .setSignature(OpDef.newBuilder().setName(name))
        .addAllNodeDef(List.of(nodes))
        .build();
  }

  static NodeDef call(String name, String function) {
    return node(
        name,
        "StatefulPartitionedCall",
        List.of(),
        Map.of("Tin", types(), "Tout", types(), "f", reference(function)));
  }

  static Arguments row(String what, String said, MetaGraphDef model) {
    return Arguments.of(what, said, model);
  }

  /** Checks a refusal of a changed model by {@link GraphCheck#structure}. */
  static void assertDamaged(String what, String said, MetaGraphDef model) {
    GraphException refusal =
        assertThrows(GraphException.class, () -> GraphCheck.structure(model, CONSTANTS), what);
    assertTrue(refusal.getMessage().contains(said), refusal.getMessage());
    assertTrue(refusal.getMessage().length() < 300, refusal.getMessage());
  }

  /** Checks a refusal of a changed model by {@link GraphCheck#operations}. */
  static void assertUntrusted(String what, String said, MetaGraphDef model) throws GraphException {
    GraphCheck sound = GraphCheck.structure(model, CONSTANTS);
    GraphException refusal = assertThrows(GraphException.class, sound::operations, what);
    assertTrue(refusal.getMessage().contains(said), refusal.getMessage());
    assertTrue(refusal.getMessage().contains("--trust"), refusal.getMessage());
    assertTrue(refusal.getMessage().length() < 300, refusal.getMessage());
  }
}
