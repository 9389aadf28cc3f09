package kerava.saving.savedmodel.check;

import static kerava.saving.savedmodel.check.ChangedModel.call;
import static kerava.saving.savedmodel.check.ChangedModel.function;
import static kerava.saving.savedmodel.check.ChangedModel.node;
import static kerava.saving.savedmodel.check.ChangedModel.reference;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NameAttrList;
import org.tensorflow.proto.NodeDef;

/** How large a graph may be when its calls are written out, and what counts as a call. */
final class CallLimitsTest {
  private final Map<String, Subgraph> functions = new LinkedHashMap<>();
  private final GraphDef.Builder graph = GraphDef.newBuilder();

  private static List<NodeDef> nodes(int count, String op) {
    List<NodeDef> nodes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      nodes.add(node(op + i, op, List.of(), Map.of()));
    }
    return nodes;
  }

  private void add(String name, List<NodeDef> first, List<NodeDef> second) throws GraphException {
    FunctionDef.Builder function = function(name).toBuilder();
    functions.put(name, Subgraph.of(function.addAllNodeDef(first).addAllNodeDef(second).build()));
  }

  private CallGraph calls() {
    return new CallGraph(functions);
  }

  @Test
  void fiveMillionNodesAndNoMore() throws GraphException {
    // Those that call stand before those that are called.
    add("k", nodes(999, "small"), nodes(1, "NoOp"));
    add("rest", nodes(998, "small"), nodes(997, "NoOp"));
    add("small", nodes(1000, "NoOp"), List.of());
    graph.addAllNode(nodes(4, "k")).addAllNode(nodes(1, "rest"));
    assertDoesNotThrow(() -> calls().require(Subgraph.of(graph.build())));
    graph.addAllNode(nodes(1, "NoOp"));
    assertEquals(
        "graph: expected at most 5000000 nodes with those of called functions, got more. Is it"
            + " damaged?",
        assertThrows(GraphException.class, () -> calls().require(Subgraph.of(graph.build())))
            .getMessage());
  }

  @Test
  void functionsAreCalledByNameOrHandedOn() throws GraphException {
    for (String name : List.of("a", "b", "c", "d", "e")) {
      add(name, List.of(), List.of());
    }
    AttrValue.Builder list = AttrValue.newBuilder();
    list.getListBuilder().addFuncBuilder().setName("b");
    list.getListBuilder().addFuncBuilder().setName("nobody");
    AttrValue inner =
        AttrValue.newBuilder()
            .setFunc(NameAttrList.newBuilder().setName("c").putAttr("g", reference("d")))
            .build();
    assertEquals(List.of("a"), calls().of(node("n", "a", List.of(), Map.of())));
    assertEquals(List.of("b"), calls().of(node("n", "Case", List.of(), Map.of("f", list.build()))));
    assertEquals(List.of("c", "d"), calls().of(node("n", "If", List.of(), Map.of("f", inner))));
    assertEquals(List.of(), calls().of(node("n", "If", List.of(), Map.of())));
  }

  @Test
  void whatIsReachedIsReachedThroughOthers() throws GraphException {
    add("a", List.of(call("x", "b")), List.of());
    add("b", List.of(call("x", "c"), call("y", "a")), List.of());
    add("c", List.of(), List.of());
    add("d", List.of(call("x", "c")), List.of());
    assertEquals(Set.of("a", "b", "c"), calls().reached(List.of(call("n", "a"))));
    assertEquals(Set.of("c", "d"), calls().reached(List.of(call("n", "d"))));
    assertEquals(Set.of(), calls().reached(List.of()));
    GraphException refusal =
        assertThrows(GraphException.class, () -> calls().require(Subgraph.of(graph.build())));
    assertEquals("function \"a\"", refusal.where());
    assertEquals("functions that do not call themselves", refusal.expected());
    assertEquals("one that does", refusal.found());
    assertEquals("Is it damaged?", refusal.hint());
  }

  @Test
  void functionsThatSeveralCallAreNoCircle() throws GraphException {
    add("a", List.of(call("x", "b"), call("y", "c")), List.of());
    add("b", List.of(call("x", "c")), List.of());
    add("c", List.of(), List.of());
    assertDoesNotThrow(() -> calls().require(Subgraph.of(graph.build())));
  }
}
