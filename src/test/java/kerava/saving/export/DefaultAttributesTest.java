package kerava.saving.export;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.OpDef;

/** What an older server is not told, and what it needs to know. */
final class DefaultAttributesTest {
  private static final AttrValue FLOAT = AttrValue.newBuilder().setType(DataType.DT_FLOAT).build();

  private final GraphDef.Builder graph = GraphDef.newBuilder();

  private static AttrValue truth(boolean value) {
    return AttrValue.newBuilder().setB(value).build();
  }

  private static NodeDef product(String name, boolean transposed) {
    return NodeDef.newBuilder()
        .setName(name)
        .setOp("MatMul")
        .putAttr("T", FLOAT)
        .putAttr("transpose_a", truth(false))
        .putAttr("transpose_b", truth(transposed))
        .build();
  }

  @BeforeEach
  void aGraphWithAFunction() {
    graph.addNode(product("outer", true));
    graph.addNode(NodeDef.newBuilder().setName("call").setOp("f").putAttr("x", truth(false)));
    graph
        .getLibraryBuilder()
        .addFunction(
            FunctionDef.newBuilder()
                .setSignature(OpDef.newBuilder().setName("f"))
                .addNodeDef(product("inner", false))
                .addNodeDef(
                    NodeDef.newBuilder()
                        .setName("r")
                        .setOp("Cast")
                        .putAttr("DstT", FLOAT)
                        .putAttr("Truncate", truth(false))));
  }

  @Test
  void onlyWhatIsAsByDefaultIsLeftOut() {
    DefaultAttributes.strip(graph);
    assertEquals(Set.of("T", "transpose_b"), graph.getNode(0).getAttrMap().keySet());
    assertEquals(Set.of("x"), graph.getNode(1).getAttrMap().keySet());
    FunctionDef function = graph.getLibrary().getFunction(0);
    assertEquals(Set.of("T"), function.getNodeDef(0).getAttrMap().keySet());
    assertEquals(FLOAT, function.getNodeDef(0).getAttrOrThrow("T"));
    assertEquals(Set.of("DstT"), function.getNodeDef(1).getAttrMap().keySet());
  }

  @Test
  void theOperationsAreListedWithoutTheirDocumentation() {
    List<OpDef> used = DefaultAttributes.used(graph).getOpList();
    assertEquals(List.of("Cast", "MatMul"), used.stream().map(OpDef::getName).toList());
    for (OpDef operation : used) {
      assertEquals("", operation.getSummary() + operation.getDescription());
      assertEquals(1, operation.getOutputArgCount());
    }
  }
}
