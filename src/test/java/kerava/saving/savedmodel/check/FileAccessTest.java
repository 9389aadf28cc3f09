package kerava.saving.savedmodel.check;

import static kerava.saving.savedmodel.check.ChangedModel.assertUntrusted;
import static kerava.saving.savedmodel.check.ChangedModel.changed;
import static kerava.saving.savedmodel.check.ChangedModel.constant;
import static kerava.saving.savedmodel.check.ChangedModel.function;
import static kerava.saving.savedmodel.check.ChangedModel.model;
import static kerava.saving.savedmodel.check.ChangedModel.node;
import static kerava.saving.savedmodel.check.ChangedModel.row;
import static kerava.saving.savedmodel.check.ChangedModel.text;
import static kerava.saving.savedmodel.check.ChangedModel.type;
import static kerava.saving.savedmodel.check.ChangedModel.types;
import static kerava.saving.savedmodel.check.ChangedModel.with;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;

/** Operations that do more than compute. */
final class FileAccessTest {
  private static NodeDef write(String name) {
    return node(name, "WriteFile", List.of("path", "path"), Map.of());
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
                      .addNode(node("m", "MergeV2Checkpoints", List.of("path", "path"), Map.of()))
                      .addNode(
                          node(
                              "after",
                              "Identity",
                              List.of("path", "^m"),
                              Map.of("T", type(DataType.DT_STRING))));
                  model.putSignatureDef(
                      "more",
                      SignatureDef.newBuilder()
                          .putOutputs("op", TensorInfo.newBuilder().setName("after").build())
                          .build());
                })));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void untrusted(String what, String said, MetaGraphDef model) throws GraphException {
    assertUntrusted(what, said, model);
  }
}
