package kerava.saving.savedmodel;

import static kerava.ClassScores.LOGITS;
import static kerava.ClassScores.PROBABILITIES;
import static kerava.ClassScores.SIGMOID;
import static kerava.ClassScores.UNKNOWN;
import static org.junit.jupiter.api.Assertions.assertEquals;

import kerava.ClassScores;
import org.junit.jupiter.api.Test;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;

/** What the end of a graph says of its output, however far behind it stands. */
final class LastOperationTest {
  private final GraphDef.Builder graph = GraphDef.newBuilder();

  private static NodeDef node(String name, String op, String... inputs) {
    return NodeDef.newBuilder()
        .setName(name)
        .setOp(op)
        .addAllInput(java.util.List.of(inputs))
        .build();
  }

  private static NodeDef call(String name, String function) {
    NodeDef.Builder call = node(name, "StatefulPartitionedCall", "x").toBuilder();
    call.putAttr(
        "f",
        org.tensorflow.proto.AttrValue.newBuilder()
            .setFunc(org.tensorflow.proto.NameAttrList.newBuilder().setName(function))
            .build());
    return call.build();
  }

  private ClassScores of(String tensor) {
    return LastOperation.of(graph.build(), tensor);
  }

  @Test
  void isNamed() {
    graph.addNode(node("soft", "Softmax", "x")).addNode(node("sigmoid", "Sigmoid", "x"));
    graph.addNode(node("dense", "BiasAdd", "x", "b")).addNode(node("relu", "Relu", "x"));
    graph.addNode(node("x", "Identity"));
    assertEquals(PROBABILITIES, of("soft:0"));
    assertEquals(PROBABILITIES, of("soft"));
    assertEquals(SIGMOID, of("sigmoid:0"));
    assertEquals(LOGITS, of("dense:0"));
    assertEquals(UNKNOWN, of("relu:0"));
    assertEquals(UNKNOWN, of("x:0"));
    assertEquals(UNKNOWN, of("nowhere:0"));
  }

  @Test
  void isFollowedThroughTwoHundredNodes() {
    graph.addNode(node("n0", "Softmax", "x"));
    for (int i = 1; i <= 200; i++) {
      graph.addNode(node("n" + i, "Identity", "n" + (i - 1)));
    }
    assertEquals(PROBABILITIES, of("n199:0"));
    assertEquals(UNKNOWN, of("n200:0"));
    graph.addNode(node("round", "Identity", "round"));
    assertEquals(UNKNOWN, of("round:0"));
  }

  @Test
  void isFoundInTheFunctionThatIsCalled() {
    FunctionDef.Builder function = FunctionDef.newBuilder();
    function.getSignatureBuilder().setName("f").addOutputArgBuilder().setName("first");
    function.getSignatureBuilder().addOutputArgBuilder().setName("second");
    function.addNodeDef(node("s", "Sigmoid", "x")).addNodeDef(node("m", "MatMul", "x", "w"));
    function.putRet("first", "s:y:0").putRet("second", "m:product:0");
    graph.getLibraryBuilder().addFunction(function);
    graph.addNode(call("call", "f")).addNode(call("none", "g"));
    assertEquals(SIGMOID, of("call:0"));
    assertEquals(SIGMOID, of("call"));
    assertEquals(LOGITS, of("call:1"));
    assertEquals(UNKNOWN, of("call:2"));
    assertEquals(UNKNOWN, of("call:x"));
    assertEquals(UNKNOWN, of("none:0"));
  }
}
