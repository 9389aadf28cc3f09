package kerava.layers.operations;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import kerava.config.CallArguments;
import kerava.graph.Cast;
import kerava.graph.DType;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TType;

/**
 * The arguments of an operation where it is added to a graph.
 *
 * <p>What Java takes for floats may be whole numbers, truths or texts, if the operation computes
 * with such: TensorFlow knows which, and has operations for each.
 *
 * @param tf adds operations
 * @param json the arguments as the file has them
 * @param type in which the operation computes
 * @param inputs what stands in the places of its tensors
 */
record Arguments(Ops tf, OperationJson json, DType type, List<Operand<?>> inputs) {
  /** A tensor or a constant, in the type that the operation computes in. */
  Operand<TFloat32> operand(String name) {
    return operand(json.argument(name), name);
  }

  private Operand<TFloat32> operand(JsonNode node, String name) {
    return floats(
        CallArguments.tensor(node).isPresent()
            ? typed(inputs.get(CallArguments.tensor(node).getAsInt()), type)
            : Constants.of(tf, node, type, json.name() + " " + name));
  }

  @SuppressWarnings("unchecked") // TensorFlow knows the type
  private static Operand<TFloat32> floats(Operand<?> operand) {
    return (Operand<TFloat32>) operand;
  }

  private Operand<? extends TType> typed(Operand<?> operand, DType wanted) {
    return Cast.numbers(tf, operand, wanted.tensorType());
  }

  /** A tensor or a constant in another type than that of the operation. */
  Operand<?> operand(String name, DType wanted) {
    JsonNode node = json.argument(name);
    return CallArguments.tensor(node).isPresent()
        ? typed(inputs.get(CallArguments.tensor(node).getAsInt()), wanted)
        : Constants.of(tf, node, wanted, json.name() + " " + name);
  }

  /** A tensor or a constant as truths: numbers that are not 0. */
  Operand<TBool> truths(String name) {
    return operand(name, DType.BOOL).asOutput().expect(TBool.class);
  }

  /** A tensor or a constant as whole numbers. */
  Operand<TInt32> whole(String name) {
    return operand(name, DType.INT32).asOutput().expect(TInt32.class);
  }

  /** A tensor as it is. */
  Operand<?> plain(String name) {
    return CallArguments.tensor(json.argument(name)).isPresent()
        ? inputs.get(CallArguments.tensor(json.argument(name)).getAsInt())
        : operand(name);
  }

  /** Whether an argument is a tensor. */
  boolean isTensor(String name) {
    return CallArguments.tensor(json.argument(name)).isPresent();
  }

  /** A list of tensors and constants. */
  List<Operand<TFloat32>> operands(String name) {
    JsonNode list = json.argument(name);
    if (!list.isArray() || list.isEmpty()) {
      throw json.refuse(name, "a list of tensors");
    }
    List<Operand<TFloat32>> operands = new ArrayList<>();
    list.forEach(node -> operands.add(operand(node, name)));
    return operands;
  }

  boolean has(String name) {
    return !json.argument(name).isNull();
  }

  boolean flag(String name) {
    return json.argument(name).asBoolean(false);
  }

  float number(String name, double otherwise) {
    JsonNode node = json.argument(name);
    if (!node.isNull() && !node.isNumber()) {
      throw json.refuse(name, "a number");
    }
    return (float) (node.isNull() ? otherwise : node.doubleValue());
  }

  String text(String name, String otherwise) {
    return json.argument(name).asText(otherwise);
  }

  /** One whole number or a list of them. */
  int[] ints(String name) {
    JsonNode node = json.argument(name);
    int[] numbers =
        node.isArray()
            ? IntStream.range(0, node.size()).map(i -> whole(name, node.get(i))).toArray()
            : new int[] {whole(name, node)};
    return numbers;
  }

  private int whole(String name, JsonNode node) {
    if (!node.canConvertToExactIntegral() || !node.canConvertToInt()) {
      throw json.refuse(name, "whole numbers");
    }
    return node.intValue();
  }

  /** The axes of a tensor, each at least 0; all of them where the argument is left out. */
  int[] axes(String name, Operand<?> x) {
    int rank = x.shape().numDimensions();
    return has(name)
        ? IntStream.of(ints(name)).map(axis -> axis(name, axis, rank)).toArray()
        : IntStream.range(0, rank).toArray();
  }

  /** An axis of a tensor, at least 0. */
  int axis(String name, Operand<?> x) {
    return axis(name, x.shape().numDimensions());
  }

  /** An axis of a tensor of a rank, at least 0. */
  int axis(String name, int rank) {
    return axis(name, whole(name, json.argument(name)), rank);
  }

  private int axis(String name, int axis, int rank) {
    if (axis < -rank || axis >= rank) {
      throw json.refuse(name, "an axis of a tensor of rank " + rank);
    }
    return Math.floorMod(axis, rank);
  }

  /** The size of a tensor along an axis, which must be known. */
  int size(String name, Operand<?> x, int axis) {
    long size = x.shape().get(axis);
    if (size < 0) {
      throw json.refuse(name, "an axis of known size");
    }
    return Math.toIntExact(size);
  }

  Operand<TInt32> constant(int... numbers) {
    return tf.constant(numbers);
  }

  /** A number in the type that the operation computes in. */
  Operand<TFloat32> scalar(double number) {
    Operand<TFloat32> constant = tf.constant((float) number);
    return type.floating() ? constant : floats(tf.dtypes.cast(constant, type.tensorType()));
  }

  /** Whether the operation computes with floats. */
  boolean fractions() {
    return type.floating();
  }
}
