package kerava.saving.savedmodel.check;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import kerava.interop.KerasFixtures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NameAttrList;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.OpDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;

/** A sound model, and what must not be given to TensorFlow: each row is that model, changed. */
final class GraphCheckTest {
  private static final long CONSTANTS = 1 << 20;
  private static final AttrValue STRING = type(DataType.DT_STRING);

  private static MetaGraphDef model(String name) throws IOException {
    byte[] bytes = Files.readAllBytes(KerasFixtures.file(name).resolve("saved_model.pb"));
    return SavedModel.parseFrom(bytes).getMetaGraphs(0);
  }

  private static MetaGraphDef changed(Consumer<MetaGraphDef.Builder> change) throws IOException {
    MetaGraphDef.Builder model = model("tf_module").toBuilder();
    change.accept(model);
    return model.build();
  }

  private static MetaGraphDef with(Consumer<GraphDef.Builder> change) throws IOException {
    return changed(model -> change.accept(model.getGraphDefBuilder()));
  }

  private static AttrValue type(DataType type) {
    return AttrValue.newBuilder().setType(type).build();
  }

  private static AttrValue types(DataType... types) {
    AttrValue.Builder list = AttrValue.newBuilder();
    list.getListBuilder().addAllType(List.of(types));
    return list.build();
  }

  private static AttrValue number(long value) {
    return AttrValue.newBuilder().setI(value).build();
  }

  private static AttrValue text(String value) {
    return AttrValue.newBuilder().setS(ByteString.copyFromUtf8(value)).build();
  }

  private static AttrValue reference(String name) {
    return AttrValue.newBuilder().setFunc(NameAttrList.newBuilder().setName(name)).build();
  }

  private static TensorShapeProto shape(long... sizes) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (long size : sizes) {
      shape.addDimBuilder().setSize(size);
    }
    return shape.build();
  }

  private static NodeDef node(
      String name, String op, List<String> inputs, Map<String, AttrValue> attributes) {
    return NodeDef.newBuilder()
        .setName(name)
        .setOp(op)
        .addAllInput(inputs)
        .putAllAttr(attributes)
        .build();
  }

  private static NodeDef constant(String name, String value) {
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

  private static NodeDef floats(TensorShapeProto shape, Consumer<TensorProto.Builder> values) {
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

  private static FunctionDef function(String name, NodeDef... nodes) {
    return FunctionDef.newBuilder()
        .setSignature(OpDef.newBuilder().setName(name))
        .addAllNodeDef(List.of(nodes))
        .build();
  }

  private static NodeDef call(String name, String function) {
    return node(
        name,
        "StatefulPartitionedCall",
        List.of(),
        Map.of("Tin", types(), "Tout", types(), "f", reference(function)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tf_module",
        "tf1",
        "tf_types",
        "tf_tables",
        "two_inputs/export",
        "keras3_seed_export",
        "keras2_seed_savedmodel",
        "keras2_nested_savedmodel"
      })
  void modelsThatPythonWroteAreSoundAndOnlyCompute(String name) throws IOException {
    MetaGraphDef model = model(name);
    assertDoesNotThrow(() -> GraphCheck.structure(model, CONSTANTS).operations());
  }

  @Test
  void everyOperationOfTheListIsOneOfTensorFlow() {
    for (String name : OpRegistry.computing()) {
      assertTrue(OpRegistry.find(name).isPresent(), name);
    }
    assertTrue(OpRegistry.computing().size() > 800);
  }

  static Stream<Arguments> damaged() throws IOException {
    return Stream.of(
        row(
            "waits where a value is meant",
            "inputs [DT_FLOAT, DT_FLOAT] for AddV2, got [DT_FLOAT]",
            with(
                graph ->
                    graph.addNode(
                        node(
                            "sum",
                            "AddV2",
                            List.of("scale_x", "^sum_a"),
                            Map.of("T", type(DataType.DT_FLOAT)))))),
        row(
            "a value behind",
            "inputs that carry values before",
            with(
                graph ->
                    graph.addNode(
                        node(
                            "sum",
                            "AddV2",
                            List.of("^sum_a", "scale_x", "scale_x"),
                            Map.of("T", type(DataType.DT_FLOAT)))))),
        row(
            "nothing at the other end",
            "inputs that are outputs of other nodes, got \"nobody:0\"",
            with(
                graph ->
                    graph.addNode(
                        node(
                            "copy",
                            "Identity",
                            List.of("nobody:0"),
                            Map.of("T", type(DataType.DT_FLOAT)))))),
        row(
            "an output that is not there",
            "got \"scale_x:1\"",
            with(
                graph ->
                    graph.addNode(
                        node(
                            "copy",
                            "Identity",
                            List.of("scale_x:1"),
                            Map.of("T", type(DataType.DT_FLOAT)))))),
        row(
            "another type",
            "inputs [DT_INT32] for Identity, got [DT_FLOAT]",
            with(
                graph ->
                    graph.addNode(
                        node(
                            "copy",
                            "Identity",
                            List.of("scale_x"),
                            Map.of("T", type(DataType.DT_INT32)))))),
        row(
            "no such operation",
            "an operation of TensorFlow's own, got \"Nonsense\"",
            with(graph -> graph.addNode(node("n", "Nonsense", List.of(), Map.of())))),
        row(
            "an operation that TensorFlow puts in itself",
            "got \"_Arg\"",
            with(
                graph ->
                    graph.addNode(
                        node(
                            "n",
                            "_Arg",
                            List.of(),
                            Map.of("T", type(DataType.DT_FLOAT), "index", number(0)))))),
        row(
            "a number of inputs below zero",
            "the attribute N of at least",
            with(
                graph ->
                    graph.addNode(
                        node(
                            "n",
                            "AddN",
                            List.of(),
                            Map.of("T", type(DataType.DT_FLOAT), "N", number(-1)))))),
        row(
            "an attribute of another kind",
            "the attribute N of kind int, got type",
            with(
                graph ->
                    graph.addNode(
                        node(
                            "n",
                            "AddN",
                            List.of("scale_x"),
                            Map.of("T", type(DataType.DT_FLOAT), "N", STRING))))),
        row(
            "no attribute",
            "the attribute N, got none",
            with(
                graph ->
                    graph.addNode(
                        node(
                            "n",
                            "AddN",
                            List.of("scale_x"),
                            Map.of("T", type(DataType.DT_FLOAT)))))),
        row(
            "a shape beyond all numbers",
            "a shape of fewer than 2^63 elements",
            with(
                graph ->
                    graph.addNode(
                        node(
                            "n",
                            "Placeholder",
                            List.of(),
                            Map.of(
                                "dtype",
                                type(DataType.DT_FLOAT),
                                "shape",
                                AttrValue.newBuilder()
                                    .setShape(shape(1L << 32, 1L << 32, 0))
                                    .build()))))),
        row(
            "a dimension below -1",
            "dimensions of -1 or more, got -5",
            with(
                graph ->
                    graph.addNode(
                        node(
                            "n",
                            "Placeholder",
                            List.of(),
                            Map.of(
                                "dtype",
                                type(DataType.DT_FLOAT),
                                "shape",
                                AttrValue.newBuilder().setShape(shape(-5)).build()))))),
        row(
            "one number again and again",
            "constants of at most",
            with(graph -> graph.addNode(floats(shape(1L << 40), t -> t.addFloatVal(1))))),
        row(
            "fewer bytes than its shape",
            "a constant of 8 numbers of 4 bytes, got 3 bytes",
            with(
                graph ->
                    graph.addNode(
                        floats(
                            shape(2, 4),
                            t -> t.setTensorContent(ByteString.copyFrom(new byte[3])))))),
        row(
            "loops at once",
            "the attribute parallel_iterations of at most",
            with(
                graph ->
                    graph.addNode(
                        node(
                            "n",
                            "Enter",
                            List.of("scale_x"),
                            Map.of(
                                "T",
                                type(DataType.DT_FLOAT),
                                "frame_name",
                                text("f"),
                                "parallel_iterations",
                                number(1L << 40)))))),
        row(
            "a circle",
            "nodes that do not wait for themselves",
            with(
                graph -> {
                  graph.addNode(node("a", "NoOp", List.of("^b"), Map.of()));
                  graph.addNode(node("b", "NoOp", List.of("^a"), Map.of()));
                })),
        row(
            "two of a name",
            "one node of that name, got two",
            with(
                graph -> {
                  graph.addNode(node("a", "NoOp", List.of(), Map.of()));
                  graph.addNode(node("a", "NoOp", List.of(), Map.of()));
                })),
        row(
            "no such function",
            "a function of the graph, got \"nobody\"",
            with(graph -> graph.addNode(call("c", "nobody")))),
        row(
            "a function that calls itself by another",
            "functions that do not call themselves",
            with(
                graph ->
                    graph
                        .getLibraryBuilder()
                        .addFunction(function("one", call("c", "two")))
                        .addFunction(function("two", call("c", "one"))))),
        row(
            "calls without end",
            "nodes with those of called functions",
            with(
                graph -> {
                  graph.getLibraryBuilder().addFunction(function("f0"));
                  for (int i = 1; i < 60; i++) {
                    String below = "f" + (i - 1);
                    graph
                        .getLibraryBuilder()
                        .addFunction(function("f" + i, call("a", below), call("b", below)));
                  }
                })),
        row(
            "a function of other types",
            "a function of its own types as f",
            with(
                graph ->
                    graph
                        .addNode(
                            node(
                                "c",
                                "PartitionedCall",
                                List.of("scale_x"),
                                Map.of(
                                    "Tin",
                                    types(DataType.DT_FLOAT),
                                    "Tout",
                                    types(),
                                    "f",
                                    reference("none"))))
                        .getLibraryBuilder()
                        .addFunction(function("none")))),
        row(
            "a signature without its tensor",
            "an output of the graph, got \"nobody:0\"",
            changed(
                model ->
                    model.putSignatureDef(
                        "more",
                        SignatureDef.newBuilder()
                            .putOutputs("y", TensorInfo.newBuilder().setName("nobody:0").build())
                            .build()))));
  }

  private static Arguments row(String what, String said, MetaGraphDef model) {
    return Arguments.of(what, said, model);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void damaged(String what, String said, MetaGraphDef model) {
    GraphException refusal =
        assertThrows(GraphException.class, () -> GraphCheck.structure(model, CONSTANTS), what);
    assertTrue(refusal.getMessage().contains(said), refusal.getMessage());
    assertTrue(refusal.getMessage().length() < 300, refusal.getMessage());
  }

  private static NodeDef write(String name) {
    return node(name, "WriteFile", List.of("path", "path"), Map.of());
  }

  private static NodeDef restore(String name, String path) {
    return node(
        name, "RestoreV2", List.of(path, path, path), Map.of("dtypes", types(DataType.DT_FLOAT)));
  }

  static Stream<Arguments> untrusted() throws IOException {
    return Stream.of(
        row(
            "a file is read",
            "ReadFile",
            with(
                graph ->
                    graph
                        .addNode(constant("path", "/etc/passwd"))
                        .addNode(node("r", "ReadFile", List.of("path"), Map.of())))),
        row(
            "a file is written when the model is loaded",
            "WriteFile",
            changed(
                model -> {
                  model.getGraphDefBuilder().addNode(constant("path", "x")).addNode(write("w"));
                  model.putSignatureDef(
                      "__saved_model_init_op",
                      SignatureDef.newBuilder()
                          .putOutputs("op", TensorInfo.newBuilder().setName("w").build())
                          .build());
                })),
        row(
            "a function writes",
            "WriteFile",
            with(
                graph ->
                    graph
                        .getLibraryBuilder()
                        .addFunction(
                            function(
                                "f",
                                constant("path", "x"),
                                node(
                                    "w",
                                    "WriteFile",
                                    List.of("path:output:0", "path:output:0"),
                                    Map.of()))))),
        row(
            "Python",
            "PyFunc",
            with(
                graph ->
                    graph.addNode(
                        node(
                            "p",
                            "PyFunc",
                            List.of(),
                            Map.of("token", text("t"), "Tin", types(), "Tout", types()))))),
        row(
            "a terminal or a file is printed to",
            "PrintV2",
            with(
                graph ->
                    graph
                        .addNode(constant("path", "x"))
                        .addNode(
                            node(
                                "p",
                                "PrintV2",
                                List.of("path"),
                                Map.of("output_stream", text("file:///tmp/x")))))),
        row(
            "a description of messages is read from a file",
            "DecodeProtoV2",
            with(
                graph ->
                    graph
                        .addNode(constant("path", "x"))
                        .addNode(
                            node(
                                "d",
                                "DecodeProtoV2",
                                List.of("path"),
                                Map.of(
                                    "message_type",
                                    text("m"),
                                    "field_names",
                                    AttrValue.newBuilder()
                                        .setList(AttrValue.ListValue.getDefaultInstance())
                                        .build(),
                                    "output_types",
                                    types(),
                                    "descriptor_source",
                                    text("/etc/passwd")))))),
        row(
            "lines of a file",
            "TextLineDataset",
            with(
                graph ->
                    graph
                        .addNode(constant("path", "x"))
                        .addNode(
                            node("s", "TextLineDataset", List.of("path", "path", "n"), Map.of()))
                        .addNode(
                            node(
                                "n",
                                "Cast",
                                List.of("scale_x"),
                                Map.of(
                                    "SrcT",
                                    type(DataType.DT_FLOAT),
                                    "DstT",
                                    type(DataType.DT_INT64)))))),
        row(
            "a checkpoint is written by a signature",
            "MergeV2Checkpoints",
            changed(
                model -> {
                  model
                      .getGraphDefBuilder()
                      .addNode(constant("path", "x"))
                      .addNode(node("m", "MergeV2Checkpoints", List.of("path", "path"), Map.of()));
                  model.putSignatureDef(
                      "more",
                      SignatureDef.newBuilder()
                          .putOutputs("op", TensorInfo.newBuilder().setName("m").build())
                          .build());
                })),
        row(
            "a checkpoint of others is restored",
            "RestoreV2",
            with(graph -> graph.addNode(constant("path", "/x")).addNode(restore("r", "path")))),
        row(
            "the saver restores from elsewhere",
            "the path of the model's own variables",
            changed(
                model -> {
                  model.getGraphDefBuilder().addNode(constant("path", "/x"));
                  model.getSaverDefBuilder().setFilenameTensorName("path:0");
                })),
        row(
            "a table of a file of others",
            "the path of one of the model's own assets",
            changed(
                model -> {
                  model
                      .getGraphDefBuilder()
                      .addNode(constant("path", "/etc/passwd"))
                      .addNode(
                          node(
                              "t",
                              "HashTableV2",
                              List.of(),
                              Map.of("key_dtype", STRING, "value_dtype", type(DataType.DT_INT64))))
                      .addNode(
                          node(
                              "i",
                              "InitializeTableFromTextFileV2",
                              List.of("t", "path"),
                              Map.of("key_index", number(-2), "value_index", number(-1))));
                  model.putSignatureDef(
                      "__saved_model_init_op",
                      SignatureDef.newBuilder()
                          .putOutputs("op", TensorInfo.newBuilder().setName("i").build())
                          .build());
                })),
        row(
            "an asset outside of the folder",
            "\"../../vocabulary\"",
            changed(
                model -> {
                  model.getGraphDefBuilder().addNode(constant("path", "x"));
                  model
                      .addAssetFileDefBuilder()
                      .setFilename("../../vocabulary")
                      .getTensorInfoBuilder()
                      .setName("path:0");
                })));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void untrusted(String what, String said, MetaGraphDef model) throws GraphException {
    GraphCheck sound = GraphCheck.structure(model, CONSTANTS);
    GraphException refusal = assertThrows(GraphException.class, sound::operations, what);
    assertTrue(refusal.getMessage().contains(said), refusal.getMessage());
    assertTrue(refusal.getMessage().contains("--trust"), refusal.getMessage());
    assertTrue(refusal.getMessage().length() < 300, refusal.getMessage());
  }

  /** As TensorFlow 2 does it, the path lies in a variable, which only one node may write. */
  @Test
  void aVariableThatOthersCouldWriteHoldsNoPathOfAnAsset() throws Exception {
    MetaGraphDef.Builder model = model("tf_tables").toBuilder();
    NodeDef variable =
        model.getGraphDef().getNodeList().stream()
            .filter(node -> node.getName().equals("Variable"))
            .findFirst()
            .orElseThrow();
    model.getGraphDefBuilder().getLibraryBuilder().addFunction(function("other", variable));
    GraphCheck sound = GraphCheck.structure(model.build(), CONSTANTS);
    GraphException refusal = assertThrows(GraphException.class, sound::operations);
    assertTrue(
        refusal.getMessage().contains("the path of one of the model's own assets"),
        refusal.getMessage());
  }

  @Test
  void tablesOfTheModelsOwnAssetsAreLetBe() throws Exception {
    MetaGraphDef model =
        changed(
            changed -> {
              changed
                  .getGraphDefBuilder()
                  .addNode(constant("path", "replaced by the loader"))
                  .addNode(
                      node(
                          "t",
                          "HashTableV2",
                          List.of(),
                          Map.of("key_dtype", STRING, "value_dtype", type(DataType.DT_INT64))))
                  .addNode(
                      node(
                          "i",
                          "InitializeTableFromTextFileV2",
                          List.of("t", "path"),
                          Map.of("key_index", number(-2), "value_index", number(-1))));
              changed
                  .addAssetFileDefBuilder()
                  .setFilename("vocabulary.txt")
                  .getTensorInfoBuilder()
                  .setName("path:0");
              changed.putSignatureDef(
                  "__saved_model_init_op",
                  SignatureDef.newBuilder()
                      .putOutputs("op", TensorInfo.newBuilder().setName("i").build())
                      .build());
            });
    GraphCheck.structure(model, CONSTANTS).operations();
    assertEquals(1, model.getAssetFileDefCount());
  }
}
