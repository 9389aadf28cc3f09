package kerava.saving.savedmodel;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NameAttrList;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;

/** Graphs that scale their pixels themselves, and such as only seem to. */
final class InputRescalingTest {
  private final GraphDef.Builder graph =
      GraphDef.newBuilder().addNode(node("x", "Placeholder")).addNode(node("w", "VarHandleOp"));

  private static NodeDef node(String name, String op, String... inputs) {
    return NodeDef.newBuilder().setName(name).setOp(op).addAllInput(List.of(inputs)).build();
  }

  private static NodeDef number(String name, float value) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setDtype(DataType.DT_FLOAT).addFloatVal(value);
    tensor.getTensorShapeBuilder();
    return node(name, "Const").toBuilder()
        .putAttr("value", AttrValue.newBuilder().setTensor(tensor).build())
        .build();
  }

  private boolean rescaled() {
    return InputRescaling.rescaled(graph.build(), "x:0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Mul", "Sub", "Add", "AddV2", "RealDiv", "Div", "DivNoNan", "BiasAdd"})
  void arithmeticWithANumberScales(String op) {
    graph.addNode(number("c", 255)).addNode(node("cast", "Cast", "x:0"));
    assertFalse(rescaled());
    graph.addNode(node("scaled", op, "cast", "c"));
    assertTrue(rescaled());
  }

  @Test
  void arithmeticWithWeightsDoesNot() {
    graph.addNode(node("read", "ReadVariableOp", "w")).addNode(node("b", "AddV2", "x", "read"));
    assertFalse(rescaled());
  }

  @Test
  void whatComesAfterWeightsIsNoPixel() {
    graph.addNode(node("read", "ReadVariableOp", "w"));
    graph.addNode(node("product", "MatMul", "x", "read")).addNode(number("c", 2));
    graph.addNode(node("scaled", "Mul", "product", "c"));
    assertFalse(rescaled());
  }

  @Test
  void aFixedFilterMovesPixels() {
    graph.addNode(number("filter", 1)).addNode(node("grey", "Conv2D", "x", "filter"));
    graph.addNode(number("c", 2)).addNode(node("scaled", "Mul", "grey", "c"));
    assertTrue(rescaled());
    // Where weights are constants, a filter may have been trained.
    graph.removeNode(1);
    assertFalse(rescaled());
  }

  @Test
  void sizesAreNoPixels() {
    graph.addNode(node("shape", "Shape", "x")).addNode(number("c", 2));
    graph.addNode(node("half", "Mul", "shape", "c"));
    assertFalse(rescaled());
  }

  @Test
  void nearlyNothingAndRandomNumbersScaleNothing() {
    graph.addNode(number("epsilon", 0.001f)).addNode(node("more", "AddV2", "x", "epsilon"));
    graph.addNode(node("random", "RandomUniform")).addNode(node("noise", "Mul", "x", "random"));
    assertFalse(rescaled());
    graph.addNode(number("c", 0.02f)).addNode(node("shifted", "Sub", "x", "c"));
    assertTrue(rescaled());
  }

  private static NodeDef call(String name, String function, String... inputs) {
    AttrValue called =
        AttrValue.newBuilder().setFunc(NameAttrList.newBuilder().setName(function)).build();
    return node(name, "StatefulPartitionedCall", inputs).toBuilder().putAttr("f", called).build();
  }

  private static FunctionDef.Builder function(String name) {
    FunctionDef.Builder function = FunctionDef.newBuilder();
    function.getSignatureBuilder().setName(name).addInputArgBuilder().setName("in");
    return function;
  }

  @Test
  void functionsAreLookedInto() {
    graph
        .getLibraryBuilder()
        .addFunction(
            function("scale")
                .addNodeDef(number("c", 2))
                .addNodeDef(node("m", "Mul", "in", "c:output:0")));
    assertFalse(rescaled());
    graph.addNode(call("called", "scale", "x"));
    assertTrue(rescaled());
  }

  @Test
  void whatFunctionsGiveBackGoesOn() {
    graph
        .getLibraryBuilder()
        .addFunction(
            function("same").addNodeDef(node("i", "Identity", "in")).putRet("out", "i:output:0"));
    graph
        .getLibraryBuilder()
        .addFunction(
            function("other").addNodeDef(node("s", "Shape", "in")).putRet("out", "s:output:0"));
    graph.addNode(number("c", 2)).addNode(call("other", "other", "x"));
    graph.addNode(node("half", "Mul", "other:0", "c"));
    assertFalse(rescaled());
    graph.addNode(call("same", "same", "x")).addNode(node("scaled", "Mul", "same:0", "c"));
    assertTrue(rescaled());
  }

  @Test
  void callsThatDoNotFitEndThere() {
    graph.getLibraryBuilder().addFunction(function("one").putRet("out", "in"));
    graph.addNode(number("c", 2)).addNode(call("two", "one", "x", "c"));
    graph.addNode(call("none", "none", "x")).addNode(node("m", "Mul", "two", "c"));
    graph.addNode(node("n", "Mul", "none", "c"));
    assertFalse(rescaled());
  }
}
