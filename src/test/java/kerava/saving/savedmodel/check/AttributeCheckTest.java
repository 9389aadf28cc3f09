package kerava.saving.savedmodel.check;

import static kerava.saving.savedmodel.check.ChangedModel.STRING;
import static kerava.saving.savedmodel.check.ChangedModel.assertDamaged;
import static kerava.saving.savedmodel.check.ChangedModel.node;
import static kerava.saving.savedmodel.check.ChangedModel.number;
import static kerava.saving.savedmodel.check.ChangedModel.row;
import static kerava.saving.savedmodel.check.ChangedModel.text;
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

/** Operations and attributes that must not be given to TensorFlow. */
final class AttributeCheckTest {
  static Stream<Arguments> damaged() throws IOException {
    return Stream.of(
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
                                number(1L << 40)))))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void damaged(String what, String said, MetaGraphDef model) {
    assertDamaged(what, said, model);
  }
}
