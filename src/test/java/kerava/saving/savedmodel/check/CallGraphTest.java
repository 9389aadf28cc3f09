package kerava.saving.savedmodel.check;

import static kerava.saving.savedmodel.check.ChangedModel.assertDamaged;
import static kerava.saving.savedmodel.check.ChangedModel.call;
import static kerava.saving.savedmodel.check.ChangedModel.function;
import static kerava.saving.savedmodel.check.ChangedModel.node;
import static kerava.saving.savedmodel.check.ChangedModel.reference;
import static kerava.saving.savedmodel.check.ChangedModel.row;
import static kerava.saving.savedmodel.check.ChangedModel.types;
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

/** Functions and calls that must not be given to TensorFlow. */
final class CallGraphTest {
  static Stream<Arguments> damaged() throws IOException {
    return Stream.of(
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
                        .addFunction(function("none")))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void damaged(String what, String said, MetaGraphDef model) {
    assertDamaged(what, said, model);
  }
}
