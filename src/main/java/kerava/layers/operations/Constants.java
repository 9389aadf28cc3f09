package kerava.layers.operations;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import kerava.config.Listed;
import kerava.config.Visible;
import kerava.graph.DType;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TUint8;
import org.tensorflow.types.family.TType;

/** Numbers and arrays that a file holds where an operation takes a tensor. */
final class Constants {
  private static final Set<String> ARRAYS = Set.of("__numpy__", "__tensor__");

  private Constants() {}

  /** Whether this is an array, which has a number type of its own. */
  static boolean isArray(JsonNode node) {
    return ARRAYS.contains(node.path("class_name").asText());
  }

  /** The type of an array. */
  static DType type(JsonNode array) {
    String name = array.path("config").path("dtype").asText("float32");
    return DType.named(name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    Visible.of("array: expected a type of numbers or truths, got " + name + ".")));
  }

  /** A number, a list of numbers or an array as a constant of a type. */
  static Operand<? extends TType> of(Ops tf, JsonNode node, DType type, String where) {
    JsonNode value = isArray(node) ? node.path("config").path("value") : node;
    List<Long> sizes = new ArrayList<>();
    for (JsonNode part = value; part.isArray(); part = part.path(0)) {
      sizes.add((long) part.size());
    }
    List<JsonNode> numbers = new ArrayList<>();
    fill(value, sizes, where, numbers);
    Shape shape = Shape.of(sizes.stream().mapToLong(Long::longValue).toArray());
    return type.floating() ? floats(tf, numbers, shape) : whole(tf, numbers, shape, type);
  }

  private static Operand<TFloat32> floats(Ops tf, List<JsonNode> numbers, Shape shape) {
    float[] flat = new float[numbers.size()];
    for (int i = 0; i < flat.length; i++) {
      flat[i] = (float) number(numbers.get(i));
    }
    return tf.constant(shape, DataBuffers.of(flat));
  }

  /** Fractions are cut off, as where Keras brings them to a type of whole numbers. */
  private static Operand<? extends TType> whole(
      Ops tf, List<JsonNode> numbers, Shape shape, DType type) {
    int count = numbers.size();
    long[] longs = new long[count];
    int[] ints = new int[count];
    boolean[] truths = new boolean[count];
    byte[] bytes = new byte[count];
    for (int i = 0; i < count; i++) {
      JsonNode node = numbers.get(i);
      longs[i] = node.isIntegralNumber() ? node.longValue() : (long) number(node);
      ints[i] = (int) longs[i];
      truths[i] = number(node) != 0;
      bytes[i] = (byte) longs[i];
    }
    return switch (type) {
      case BOOL -> tf.constant(shape, DataBuffers.of(truths));
      case UINT8 -> tf.constant(TUint8.class, shape, DataBuffers.of(bytes));
      case INT64 -> tf.constant(shape, DataBuffers.of(longs));
      default -> tf.constant(shape, DataBuffers.of(ints));
    };
  }

  private static double number(JsonNode node) {
    return node.isBoolean() ? (node.booleanValue() ? 1 : 0) : node.doubleValue();
  }

  private static void fill(JsonNode node, List<Long> sizes, String where, List<JsonNode> numbers) {
    if (sizes.isEmpty() && (node.isNumber() || node.isBoolean())) {
      numbers.add(node);
      return;
    }
    if (sizes.isEmpty() || !node.isArray() || node.size() != sizes.get(0)) {
      throw new IllegalArgumentException(
          Visible.of(
              where
                  + ": expected a tensor, a number or an array, got "
                  + Listed.cut(node.toString(), OperationJson.QUOTED)
                  + "."));
    }
    node.forEach(item -> fill(item, sizes.subList(1, sizes.size()), where, numbers));
  }
}
