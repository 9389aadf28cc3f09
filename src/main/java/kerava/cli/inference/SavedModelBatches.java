package kerava.cli.inference;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import kerava.graph.Array;
import kerava.graph.Rows;
import kerava.saving.ModelSignature;
import org.jspecify.annotations.Nullable;
import org.tensorflow.ndarray.Shape;

/**
 * A function of rows, called with some of them at a time. Whoever wrote a SavedModel may mix the
 * rows of a call, so that is tried: where rows do not give alone what they give among others, all
 * go in at once.
 *
 * @param function what is called, by name
 * @param signature what it takes and gives
 * @param most how many rows at a time
 */
record SavedModelBatches(
    UnaryOperator<Map<String, Array>> function, ModelSignature signature, int most) {
  /** Sums of other batches are rounded otherwise. */
  private static final double ROUNDING = 1e-4;

  Map<String, Array> outputs(Map<String, Array> inputs) {
    int rows = rows(inputs);
    if (rows <= most) {
      return function.apply(inputs);
    }
    Map<String, Array> first = function.apply(range(inputs, 0, most));
    if (!apart(inputs, first)) {
      return function.apply(inputs);
    }
    List<Map<String, Array>> parts = new ArrayList<>(List.of(first));
    for (int from = most; from < rows; from += most) {
      parts.add(function.apply(range(inputs, from, Math.min(rows, from + most))));
    }
    return joined(parts);
  }

  /** The outputs of parts, one after the other. */
  static Map<String, Array> joined(List<Map<String, Array>> parts) {
    Map<String, Array> joined = new LinkedHashMap<>();
    parts
        .get(0)
        .keySet()
        .forEach(
            name -> joined.put(name, Rows.joined(parts.stream().map(p -> p.get(name)).toList())));
    return joined;
  }

  /** How many rows there are; 0 if inputs do not have rows, or not as many each. */
  private int rows(Map<String, Array> inputs) {
    boolean free =
        inputs.keySet().equals(signature.inputs().keySet())
            && signature.inputs().values().stream().allMatch(SavedModelBatches::isFree)
            && inputs.values().stream().allMatch(array -> array.shape().numDimensions() > 0);
    List<Integer> counts =
        free ? inputs.values().stream().map(Rows::count).distinct().toList() : List.of();
    return counts.size() == 1 ? counts.get(0) : 0;
  }

  private static boolean isFree(ModelSignature.Value value) {
    Shape shape = value.shape();
    return shape.isUnknown() || (shape.numDimensions() > 0 && shape.get(0) < 0);
  }

  /** Whether the second half of the first rows gives alone what it gave among them. */
  private boolean apart(Map<String, Array> inputs, Map<String, Array> first) {
    int half = most / 2;
    Map<String, Array> alone = function.apply(range(inputs, half, most));
    return first.entrySet().stream()
        .allMatch(
            output ->
                output.getValue().shape().numDimensions() > 0
                    && Rows.count(output.getValue()) == most
                    && near(Rows.range(output.getValue(), half, most), alone.get(output.getKey())));
  }

  private static boolean near(Array one, @Nullable Array other) {
    if (other == null) {
      return false;
    }
    if (one.type() != Array.Type.FLOAT32 || !one.shape().equals(other.shape())) {
      return one.equals(other);
    }
    for (int i = 0; i < one.size(); i++) {
      float a = one.floats()[i];
      float b = other.floats()[i];
      if (Float.compare(a, b) != 0 && !(Math.abs(a - b) <= ROUNDING * (1 + Math.abs(a)))) {
        return false;
      }
    }
    return true;
  }

  private static Map<String, Array> range(Map<String, Array> inputs, int from, int to) {
    Map<String, Array> some = new LinkedHashMap<>();
    inputs.forEach((name, array) -> some.put(name, Rows.range(array, from, to)));
    return some;
  }
}
