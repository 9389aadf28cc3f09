package kerava.layers.operations;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import kerava.config.CallArguments;
import kerava.config.Visible;
import kerava.graph.DType;

/**
 * Which types an operation brings its operands to, and gives.
 *
 * @param operands the type of what it computes with; floats of 16 bits are computed in 32
 * @param results those of its outputs; the last one is that of all further outputs
 */
record OperationTypes(DType operands, List<DType> results) {
  private OperationTypes(DType operands, DType... results) {
    this(operands, List.of(results));
  }

  /** The type of an output. */
  DType result(int output) {
    return results.get(Math.min(output, results.size() - 1));
  }

  /** The type that the operation computes in. */
  DType computed() {
    return operands.floating() ? DType.FLOAT32 : operands;
  }

  /**
   * The types of an operation.
   *
   * @param inputs the types of its tensors, in their order
   * @throws IllegalArgumentException if Keras makes of such types what Kerava does not
   */
  static OperationTypes of(Definition definition, OperationJson json, List<DType> inputs) {
    DType type = promoted(definition, json, inputs);
    return switch (definition.rule()) {
      case FLOATS -> same(require(definition, type, type.floating(), "floats"));
      case FRACTIONS -> same(require(definition, fraction(type), !isText(type), "numbers"));
      case ARITHMETIC ->
          same(require(definition, type, !isText(type) && type != DType.BOOL, "numbers"));
      case COUNTS -> same(require(definition, counted(type), !isText(type), "numbers"));
      case SUMS -> same(require(definition, summed(type), isSummed(type), "numbers"));
      case MOVES -> same(type);
      case COMPARES -> new OperationTypes(type, DType.BOOL);
      case LOGIC -> new OperationTypes(DType.BOOL, DType.BOOL);
      case PLACES -> new OperationTypes(counted(type), DType.INT32);
      case RANKS -> new OperationTypes(type, type, DType.INT32);
      case GIVEN -> new OperationTypes(type, given(json, type));
    };
  }

  private static OperationTypes same(DType type) {
    return new OperationTypes(type, type);
  }

  private static DType require(Definition definition, DType type, boolean right, String wanted) {
    if (!right) {
      throw new IllegalArgumentException(
          Visible.of(definition.name() + ": expected " + wanted + ", got " + type + "."));
    }
    return type;
  }

  private static boolean isText(DType type) {
    return type == DType.STRING;
  }

  private static DType fraction(DType type) {
    return type.floating() || isText(type) ? type : DType.FLOAT32;
  }

  private static DType counted(DType type) {
    return type == DType.BOOL ? DType.INT32 : type;
  }

  private static DType summed(DType type) {
    return switch (type) {
      case BOOL, INT8, INT16 -> DType.INT32;
      default -> type;
    };
  }

  // Keras makes unsigned numbers of 32 bits of them, which TensorFlow Java does not have.
  private static boolean isSummed(DType type) {
    return !isText(type) && type != DType.UINT8;
  }

  /** The type that an argument names. */
  private static DType given(OperationJson json, DType otherwise) {
    JsonNode wanted = json.argument("dtype");
    if (wanted.isNull()) {
      return json.name().equals("OneHot") ? DType.FLOAT32 : otherwise;
    }
    return DType.named(wanted.asText())
        .orElseThrow(() -> json.refuse("dtype", "a type of numbers, truths or texts"));
  }

  private static DType promoted(Definition definition, OperationJson json, List<DType> inputs) {
    List<DType> texts = inputs.stream().filter(OperationTypes::isText).toList();
    if (!texts.isEmpty()) {
      return DType.STRING;
    }
    List<Promotion> all = new ArrayList<>();
    for (String name : definition.values()) {
      collect(json.argument(name.replace(Definition.ANY, "")), inputs, all);
    }
    return Promotion.of(all);
  }

  private static void collect(JsonNode node, List<DType> inputs, List<Promotion> all) {
    if (CallArguments.tensor(node).isPresent()) {
      all.add(Promotion.of(inputs.get(CallArguments.tensor(node).getAsInt())));
    } else if (Constants.isArray(node)) {
      all.add(Promotion.of(Constants.type(node)));
    } else if (node.isArray()) {
      node.forEach(item -> collect(item, inputs, all));
    } else if (node.isBoolean()) {
      all.add(Promotion.BOOL);
    } else if (node.isNumber()) {
      all.add(node.isFloatingPointNumber() ? Promotion.FRACTION : Promotion.WHOLE_NUMBER);
    }
  }
}
