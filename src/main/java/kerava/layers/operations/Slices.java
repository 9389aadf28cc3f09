package kerava.layers.operations;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Squeeze;
import org.tensorflow.op.core.StridedSlice;
import org.tensorflow.types.TFloat32;

/** Operations that take parts of a tensor. */
final class Slices {
  private Slices() {}

  /** A part of a tensor along one axis. */
  static Operand<TFloat32> part(Ops tf, Operand<TFloat32> x, int axis, int start, int size) {
    int rank = x.shape().numDimensions();
    int[] begin = new int[rank];
    int[] sizes = new int[rank];
    java.util.Arrays.fill(sizes, -1);
    begin[axis] = start;
    sizes[axis] = size;
    return tf.slice(x, tf.constant(begin), tf.constant(sizes));
  }

  /** Into equal parts, or at given places. */
  static List<Operand<TFloat32>> split(Arguments a) {
    Operand<TFloat32> x = a.operand("x");
    int axis = a.axis("axis", x);
    int size = a.size("axis", x, axis);
    boolean places = a.json().argument("indices_or_sections").isArray();
    int[] given = a.ints("indices_or_sections");
    if (!places && (given[0] < 1 || size % given[0] != 0)) {
      throw a.json().refuse("indices_or_sections", "a divisor of " + size);
    }
    int[] borders =
        places
            ? IntStream.concat(IntStream.of(given), IntStream.of(size)).toArray()
            : IntStream.rangeClosed(1, given[0]).map(i -> i * (size / given[0])).toArray();
    List<Operand<TFloat32>> parts = new ArrayList<>();
    int start = 0;
    for (int border : borders) {
      parts.add(part(a.tf(), x, axis, start, border - start));
      start = border;
    }
    return parts;
  }

  static List<Operand<TFloat32>> unstack(Arguments a) {
    Operand<TFloat32> x = a.operand("x");
    int axis = a.axis("axis", x);
    List<Operand<TFloat32>> parts = new ArrayList<>();
    for (int i = 0; i < a.size("axis", x, axis); i++) {
      parts.add(a.tf().squeeze(part(a.tf(), x, axis, i, 1), Squeeze.axis(List.of((long) axis))));
    }
    return parts;
  }

  static Operand<TFloat32> slice(Arguments a) {
    int[] sizes = a.ints("shape");
    int[] starts = a.ints("start_indices");
    return a.tf().slice(a.operand("inputs"), a.constant(starts), a.constant(sizes));
  }

  /** Around along each axis: the end comes to the front. */
  static Operand<TFloat32> roll(Arguments a) {
    Operand<TFloat32> x = a.operand("x");
    int[] shifts = a.ints("shift");
    if (!a.has("axis")) {
      throw a.json().refuse("axis", "an axis");
    }
    int[] axes = a.axes("axis", x);
    if (shifts.length != 1 && shifts.length != axes.length) {
      throw a.json().refuse("shift", "one number, or one an axis");
    }
    for (int i = 0; i < axes.length; i++) {
      int size = a.size("axis", x, axes[i]);
      int shift = Math.floorMod(shifts[shifts.length == 1 ? 0 : i], size);
      if (shift != 0) {
        Operand<TFloat32> end = part(a.tf(), x, axes[i], size - shift, shift);
        Operand<TFloat32> front = part(a.tf(), x, axes[i], 0, size - shift);
        x = a.tf().concat(List.of(end, front), a.tf().constant(axes[i]));
      }
    }
    return x;
  }

  /** Python's square brackets. */
  static Operand<TFloat32> item(Arguments a) {
    JsonNode key = a.json().argument("key");
    Key slices = new Key(a.json());
    if (key.isArray()) {
      key.forEach(slices::add);
    } else {
      slices.add(key);
    }
    return slices.of(a);
  }

  /** What TensorFlow makes of Python's square brackets: three numbers an axis, and some flags. */
  private static final class Key {
    private final OperationJson json;
    private final List<Integer> begins = new ArrayList<>();
    private final List<Integer> ends = new ArrayList<>();
    private final List<Integer> strides = new ArrayList<>();
    private long openBegin;
    private long openEnd;
    private long ellipsis;
    private long added;
    private long dropped;

    Key(OperationJson json) {
      this.json = json;
    }

    void add(JsonNode part) {
      long flag = 1L << begins.size();
      JsonNode bounds = part.path("config");
      switch (part.path("class_name").asText()) {
        case "__slice__" -> {
          openBegin |= bounds.path("start").isNull() ? flag : 0;
          openEnd |= bounds.path("stop").isNull() ? flag : 0;
          put(bound(bounds, "start", 0), bound(bounds, "stop", 0), bound(bounds, "step", 1));
        }
        case "__ellipsis__" -> {
          ellipsis |= flag;
          put(0, 0, 1);
        }
        default -> {
          if (part.isNull()) {
            added |= flag;
            put(0, 0, 1);
          } else if (part.isInt()) {
            dropped |= flag;
            put(part.intValue(), part.intValue() + 1, 1);
          } else {
            throw refuse();
          }
        }
      }
    }

    private int bound(JsonNode bounds, String name, int otherwise) {
      JsonNode node = bounds.path(name);
      if (!node.isNull() && !node.isInt()) {
        throw refuse();
      }
      return node.isNull() ? otherwise : node.intValue();
    }

    private IllegalArgumentException refuse() {
      return json.refuse("key", "whole numbers, slices of them, an ellipsis and new axes");
    }

    private void put(int begin, int end, int stride) {
      begins.add(begin);
      ends.add(end);
      strides.add(stride);
    }

    Operand<TFloat32> of(Arguments a) {
      return a.tf()
          .stridedSlice(
              a.operand("x"),
              a.constant(array(begins)),
              a.constant(array(ends)),
              a.constant(array(strides)),
              StridedSlice.beginMask(openBegin),
              StridedSlice.endMask(openEnd),
              StridedSlice.ellipsisMask(ellipsis),
              StridedSlice.newAxisMask(added),
              StridedSlice.shrinkAxisMask(dropped));
    }

    private static int[] array(List<Integer> numbers) {
      return numbers.stream().mapToInt(Integer::intValue).toArray();
    }
  }
}
