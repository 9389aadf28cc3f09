package kerava.saving.savedmodel.check;

import static kerava.saving.savedmodel.check.ChangedModel.CONSTANTS;
import static kerava.saving.savedmodel.check.ChangedModel.STRING;
import static kerava.saving.savedmodel.check.ChangedModel.assertUntrusted;
import static kerava.saving.savedmodel.check.ChangedModel.changed;
import static kerava.saving.savedmodel.check.ChangedModel.constant;
import static kerava.saving.savedmodel.check.ChangedModel.function;
import static kerava.saving.savedmodel.check.ChangedModel.model;
import static kerava.saving.savedmodel.check.ChangedModel.node;
import static kerava.saving.savedmodel.check.ChangedModel.number;
import static kerava.saving.savedmodel.check.ChangedModel.row;
import static kerava.saving.savedmodel.check.ChangedModel.type;
import static kerava.saving.savedmodel.check.ChangedModel.types;
import static kerava.saving.savedmodel.check.ChangedModel.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;

/** Operations that read a file by its path: the model's own variables and assets, and no others. */
final class FilePathFlowTest {
  private static NodeDef restore(String name, String path) {
    return node(
        name, "RestoreV2", List.of(path, path, path), Map.of("dtypes", types(DataType.DT_FLOAT)));
  }

  static Stream<Arguments> untrusted() throws IOException {
    return Stream.of(
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
    assertUntrusted(what, said, model);
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
