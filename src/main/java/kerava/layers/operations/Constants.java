package kerava.layers.operations;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import kerava.config.Listed;
import kerava.config.Visible;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Numbers and arrays that a file holds where an operation takes a tensor. */
final class Constants {
  private static final Set<String> ARRAYS = Set.of("__numpy__", "__tensor__");

  private Constants() {}

  /** Whether this is an array, which has a number type of its own. */
  static boolean isArray(JsonNode node) {
    return ARRAYS.contains(node.path("class_name").asText());
  }

  static Operand<TFloat32> of(Ops tf, JsonNode node, String where) {
    JsonNode value = isArray(node) ? node.path("config").path("value") : node;
    List<Long> sizes = new ArrayList<>();
    for (JsonNode part = value; part.isArray(); part = part.path(0)) {
      sizes.add((long) part.size());
    }
    List<Float> numbers = new ArrayList<>();
    fill(value, sizes, where, numbers);
    float[] flat = new float[numbers.size()];
    for (int i = 0; i < flat.length; i++) {
      flat[i] = numbers.get(i);
    }
    Shape shape = Shape.of(sizes.stream().mapToLong(size -> size).toArray());
    return sizes.isEmpty() ? tf.constant(flat[0]) : tf.constant(shape, DataBuffers.of(flat));
  }

  private static void fill(JsonNode node, List<Long> sizes, String where, List<Float> numbers) {
    if (sizes.isEmpty() && (node.isNumber() || node.isBoolean())) {
      numbers.add(node.isBoolean() ? (node.booleanValue() ? 1f : 0f) : node.floatValue());
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
