package kerava.layers.operations;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;
import kerava.graph.Cast;
import kerava.graph.DType;
import kerava.graph.TensorValue;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBfloat16;
import org.tensorflow.types.TFloat16;
import org.tensorflow.types.TFloat32;

/**
 * Which number types an operation takes and gives.
 *
 * @param definition the operation
 * @param json its arguments
 */
record OperationTypes(Definition definition, OperationJson json) {
  /** Whether it is right for whole numbers and truth values, which it gets as floats. */
  boolean takesWholeNumbers(boolean besideFloats) {
    return switch (definition.dtypeRule()) {
      case ANY, FRACTIONS -> true;
      case ARITHMETIC -> besideFloats || hasFractions();
      case FLOATS -> false;
    };
  }

  private boolean hasFractions() {
    return json.tree().path("args").valueStream().anyMatch(JsonNode::isFloatingPointNumber);
  }

  /**
   * The number type of the outputs: that of the inputs if they have one of floats, and no array
   * another.
   */
  DType of(Stream<DType> inputs) {
    String wanted = json.argument("dtype").asText();
    if (wanted.equals("float16") || wanted.equals("bfloat16")) {
      return wanted.equals("float16") ? DType.FLOAT16 : DType.BFLOAT16;
    }
    List<DType> types = inputs.distinct().toList();
    boolean own = !wanted.isEmpty() && !wanted.equals("null");
    boolean array = definition.called().stream().anyMatch(name -> isArray(json.argument(name)));
    boolean places = definition.name().startsWith("Arg");
    boolean one = types.size() == 1 && types.get(0).floating();
    return own || array || places || !one ? DType.FLOAT32 : types.get(0);
  }

  private static boolean isArray(JsonNode node) {
    return Constants.isArray(node)
        && node.path("config").path("dtype").asText("float32").startsWith("float");
  }

  /** An output in its type. */
  static TensorValue value(Ops tf, Operand<TFloat32> output, DType type) {
    return TensorValue.of(
        switch (type) {
          case FLOAT16 -> Cast.to(tf, output, TFloat16.class);
          case BFLOAT16 -> Cast.to(tf, output, TBfloat16.class);
          default -> output;
        });
  }
}
