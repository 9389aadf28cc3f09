package kerava.saving.savedmodel.check;

import static kerava.saving.savedmodel.check.ChangedModel.CONSTANTS;
import static kerava.saving.savedmodel.check.ChangedModel.assertUntrusted;
import static kerava.saving.savedmodel.check.ChangedModel.changed;
import static kerava.saving.savedmodel.check.ChangedModel.constant;
import static kerava.saving.savedmodel.check.ChangedModel.model;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;

/** The model's own saver, which restores when the model is loaded and saves when it is asked. */
final class SaverAccessTest {
  private static void run(MetaGraphDef.Builder model, String node) {
    model.putSignatureDef(
        "more",
        SignatureDef.newBuilder()
            .putOutputs("op", TensorInfo.newBuilder().setName(node).build())
            .build());
  }

  private static String restoring(MetaGraphDef.Builder model) {
    return Subgraph.source(model.getSaverDef().getRestoreOpName());
  }

  private static String saving(MetaGraphDef.Builder model) {
    return Subgraph.source(model.getSaverDef().getSaveTensorName());
  }

  private static NodeDef.Builder node(GraphDef.Builder graph, String name) {
    return graph.getNodeBuilderList().stream()
        .filter(node -> node.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void noSignatureRestores() throws Exception {
    assertUntrusted(
        "restores",
        "expected an operation that only computes, got RestoreV2",
        changed(model -> run(model, restoring(model))));
  }

  @Test
  void noSignatureSaves() throws Exception {
    assertUntrusted(
        "saves",
        "expected an operation that only computes, got ",
        changed(model -> run(model, saving(model) + ":0")));
  }

  @Test
  void nothingIsSavedWhenTheModelIsLoaded() throws Exception {
    assertUntrusted(
        "saves",
        "expected an operation that only computes, got ",
        changed(
            model ->
                node(model.getGraphDefBuilder(), restoring(model)).addInput("^" + saving(model))));
    for (String initializer : new String[] {"saved_model_main_op", "legacy_init_op"}) {
      MetaGraphDef.Builder model = model("tf_module").toBuilder();
      model.putCollectionDef(initializer, collection(saving(model)));
      assertUntrusted("saves", "expected an operation that only computes, got ", model.build());
    }
  }

  /** Nobody saves a model that was read: what that would read is not looked for. */
  @Test
  void whatOnlySavingReadsIsLetBe() throws Exception {
    MetaGraphDef.Builder model = model("tf_module").toBuilder();
    GraphDef.Builder graph = model.getGraphDefBuilder();
    graph
        .addNode(constant("path", "/etc/passwd"))
        .addNode(
            ChangedModel.node(
                "other",
                "RestoreV2",
                List.of("path", "path", "path"),
                Map.of("dtypes", ChangedModel.types(DataType.DT_FLOAT))));
    GraphDef.Builder plain = graph.clone();
    node(graph, saving(model)).addInput("^other");
    assertDoesNotThrow(GraphCheck.structure(model.build(), CONSTANTS)::operations);
    model.setGraphDef(plain);
    assertUntrusted("other", "got RestoreV2", model.build());
    node(model.getGraphDefBuilder(), restoring(model)).addInput("^other");
    GraphCheck restored = GraphCheck.structure(model.build(), CONSTANTS);
    GraphException refusal = assertThrows(GraphException.class, restored::operations);
    assertEquals("node \"other\"", refusal.where());
  }

  private static org.tensorflow.proto.CollectionDef collection(String node) {
    org.tensorflow.proto.CollectionDef.Builder collection =
        org.tensorflow.proto.CollectionDef.newBuilder();
    collection.getNodeListBuilder().addValue(node);
    return collection.build();
  }

  private static MetaGraphDef asset(String name) throws IOException {
    return changed(
        model -> {
          model.getGraphDefBuilder().addNode(constant("path", "x"));
          model.addAssetFileDefBuilder().setFilename(name).getTensorInfoBuilder().setName("path:0");
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/x", "..", "a/..", "../x", "a//b", "a/", "C:x", ":x", "a\\b", "\\x"})
  void assetsOutsideOfTheirFolder(String name) throws Exception {
    GraphCheck check = GraphCheck.structure(asset(name), CONSTANTS);
    GraphException refusal = assertThrows(GraphException.class, check::operations);
    assertEquals("asset", refusal.where());
    assertEquals("the name of a file in the folder assets", refusal.expected());
    assertEquals("\"" + name + "\"", refusal.found());
    assertEquals(GraphException.TRUST, refusal.hint());
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "a/b.txt", "a..b", "...", ".x"})
  void assetsInTheirFolder(String name) throws Exception {
    GraphCheck check = GraphCheck.structure(asset(name), CONSTANTS);
    assertDoesNotThrow(check::operations);
  }
}
