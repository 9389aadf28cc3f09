package kerava.saving.savedmodel.check;

import static kerava.saving.savedmodel.check.ChangedModel.assertDamaged;
import static kerava.saving.savedmodel.check.ChangedModel.changed;
import static kerava.saving.savedmodel.check.ChangedModel.node;
import static kerava.saving.savedmodel.check.ChangedModel.row;
import static kerava.saving.savedmodel.check.ChangedModel.type;
import static kerava.saving.savedmodel.check.ChangedModel.with;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;

/** Connections between nodes that must not be given to TensorFlow. */
final class EdgesTest {
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
            "a signature without its tensor",
            "an output of the graph, got \"nobody:0\"",
            changed(
                model ->
                    model.putSignatureDef(
                        "more",
                        SignatureDef.newBuilder()
                            .putOutputs("y", TensorInfo.newBuilder().setName("nobody:0").build())
                            .build()))),
        signatureOfNothing("an input that gives nothing", true),
        signatureOfNothing("an output that gives nothing", false));
  }

  /** A signature that names a node without outputs, as the initializer's alone may. */
  private static Arguments signatureOfNothing(String what, boolean input) throws IOException {
    TensorInfo idle = TensorInfo.newBuilder().setName("idle").build();
    SignatureDef.Builder signature = SignatureDef.newBuilder();
    return row(
        what,
        "signature \"more\": expected an output of the graph, got \"idle\"",
        changed(
            model -> {
              model.getGraphDefBuilder().addNode(node("idle", "NoOp", List.of(), Map.of()));
              model.putSignatureDef(
                  "__saved_model_init_op", signature.putOutputs("y", idle).build());
              model.putSignatureDef(
                  "more",
                  input
                      ? SignatureDef.newBuilder().putInputs("x", idle).build()
                      : SignatureDef.newBuilder().putOutputs("y", idle).build());
            }));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void damaged(String what, String said, MetaGraphDef model) {
    assertDamaged(what, said, model);
  }
}
