package kerava.saving.export;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;

/** Replaces a function's last argument, a counter in a variable, by a number drawn at each call. */
final class RandomCounter {
  private static final String SCALAR = "random_counter/shape";
  private static final String LEAST = "random_counter/least";
  private static final String LIMIT = "random_counter/limit";

  private RandomCounter() {}

  static FunctionDef replace(FunctionDef function) {
    FunctionDef.Builder result = function.toBuilder().clearNodeDef();
    int last = function.getSignature().getInputArgCount() - 1;
    String argument = function.getSignature().getInputArg(last).getName();
    result.getSignatureBuilder().removeInputArg(last).setIsStateful(true);
    result.removeArgAttr(last);
    List<String> reads =
        function.getNodeDefList().stream()
            .filter(node -> node.getOp().equals("ReadVariableOp") && reads(node, argument))
            .map(NodeDef::getName)
            .toList();
    result.addNodeDef(
        constant(
            SCALAR,
            DataType.DT_INT32,
            TensorShapeProto.newBuilder()
                .addDim(TensorShapeProto.Dim.newBuilder().setSize(0))
                .build(),
            0));
    result.addNodeDef(constant(LEAST, DataType.DT_INT64, TensorShapeProto.getDefaultInstance(), 0));
    result.addNodeDef(
        constant(LIMIT, DataType.DT_INT64, TensorShapeProto.getDefaultInstance(), 1L << 62));
    function.getNodeDefList().forEach(node -> result.addNodeDef(rewritten(node, reads)));
    return result.build();
  }

  private static boolean reads(NodeDef node, String argument) {
    return node.getInput(0).equals(argument);
  }

  private static NodeDef rewritten(NodeDef node, List<String> reads) {
    if (reads.contains(node.getName())) {
      return NodeDef.newBuilder()
          .setName(node.getName())
          .setOp("RandomUniformInt")
          .addAllInput(List.of(SCALAR + ":output:0", LEAST + ":output:0", LIMIT + ":output:0"))
          .putAttr("T", type(DataType.DT_INT32))
          .putAttr("Tout", type(DataType.DT_INT64))
          .build();
    }
    List<String> inputs = new ArrayList<>(node.getInputList());
    inputs.replaceAll(
        input ->
            !input.startsWith("^") && reads.contains(ServingGraph.owner(input))
                ? ServingGraph.owner(input) + ":output:0"
                : input);
    return node.toBuilder().clearInput().addAllInput(inputs).build();
  }

  private static AttrValue type(DataType type) {
    return AttrValue.newBuilder().setType(type).build();
  }

  private static NodeDef constant(String name, DataType type, TensorShapeProto shape, long value) {
    TensorProto.Builder tensor = TensorProto.newBuilder().setDtype(type).setTensorShape(shape);
    if (type == DataType.DT_INT64) {
      tensor.addInt64Val(value);
    }
    return NodeDef.newBuilder()
        .setName(name)
        .setOp("Const")
        .putAttr("dtype", type(type))
        .putAttr("value", AttrValue.newBuilder().setTensor(tensor).build())
        .build();
  }
}
