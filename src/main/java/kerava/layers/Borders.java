package kerava.layers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import kerava.Inputs;
import kerava.config.Codec;
import kerava.config.Source;
import kerava.graph.Cast;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.StridedSlice;
import org.tensorflow.types.family.TFloating;

/** Borders of sequences, images and volumes: how they are written, added and cut off. */
final class Borders {
  static final Codec<Sides1D> ONE =
      codec(
          "widths of at least 0, (start, end) or one for both",
          1,
          widths -> new Sides1D(widths.get(0), widths.get(1)));

  static final Codec<Sides2D> TWO =
      codec(
          "widths of at least 0, ((top, bottom), (left, right)), (height, width) or one for all",
          2,
          widths -> new Sides2D(widths.get(0), widths.get(1), widths.get(2), widths.get(3)));

  static final Codec<Sides3D> THREE =
      codec(
          "widths of at least 0, ((front, back), (top, bottom), (left, right)), (depth, height,"
              + " width) or one for all",
          3,
          widths ->
              new Sides3D(
                  widths.get(0),
                  widths.get(1),
                  widths.get(2),
                  widths.get(3),
                  widths.get(4),
                  widths.get(5)));

  private Borders() {}

  /** As Keras writes them; one number stands for all sides, one an axis for both of its ends. */
  private static <S extends Sides> Codec<S> codec(
      String expected, int axes, Function<List<Integer>, S> maker) {
    return Codec.of(
            expected, Borders::write, (Source source) -> maker.apply(read(source, axes, expected)))
        .where(expected, sides -> widths(sides).min().orElseThrow() >= 0);
  }

  private static IntStream widths(Sides sides) {
    return IntStream.range(0, sides.axes())
        .flatMap(axis -> IntStream.of(sides.before(axis), sides.after(axis)));
  }

  private static JsonNode write(Sides sides) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    for (int axis = 0; axis < sides.axes(); axis++) {
      ArrayNode ends = sides.axes() == 1 ? array : array.addArray();
      ends.add(sides.before(axis)).add(sides.after(axis));
    }
    return array;
  }

  private static List<Integer> read(Source source, int axes, String expected) {
    if (axes == 1 || source.node().isInt()) {
      List<Integer> ends = pair(source, expected);
      return IntStream.range(0, 2 * axes).mapToObj(i -> ends.get(i % 2)).toList();
    }
    if (!source.node().isArray() || source.node().size() != axes) {
      throw source.refuse(expected);
    }
    List<Integer> all = new ArrayList<>();
    for (int axis = 0; axis < axes; axis++) {
      all.addAll(pair(source.item(axis), expected));
    }
    return all;
  }

  private static List<Integer> pair(Source source, String expected) {
    if (source.node().isInt()) {
      return List.of(source.node().intValue(), source.node().intValue());
    }
    List<Integer> pair = Codec.list(Codec.integer()).read(source);
    if (pair.size() != 2) {
      throw source.refuse(expected);
    }
    return pair;
  }

  /** The shape with borders added. */
  static Shape addedShape(Inputs inputs, Sides sides) {
    long[] sizes = inputs.spatial(sides.axes()).asArray();
    for (int axis = 0; axis < sides.axes(); axis++) {
      if (sizes[axis + 1] != Shape.UNKNOWN_SIZE) {
        sizes[axis + 1] += both(sides, axis);
      }
    }
    return Shape.of(sizes);
  }

  /** The shape with borders cut off. */
  static Shape cutShape(Inputs inputs, Sides sides) {
    long[] sizes = inputs.spatial(sides.axes()).asArray();
    for (int axis = 0; axis < sides.axes(); axis++) {
      if (sizes[axis + 1] != Shape.UNKNOWN_SIZE) {
        sizes[axis + 1] -= both(sides, axis);
        if (sizes[axis + 1] < 1) {
          throw inputs.refuse(Sizes.thing(sides.axes()) + " larger than its borders " + sides, "");
        }
      }
    }
    return Shape.of(sizes);
  }

  private static int both(Sides sides, int axis) {
    return sides.before(axis) + sides.after(axis);
  }

  /** Adds zeros. */
  static <T extends TFloating> Operand<T> add(Ops tf, Operand<T> x, Sides sides) {
    int[][] widths = new int[sides.axes() + 2][2];
    for (int axis = 0; axis < sides.axes(); axis++) {
      widths[axis + 1] = new int[] {sides.before(axis), sides.after(axis)};
    }
    return tf.pad(x, tf.constant(widths), Cast.to(tf, tf.constant(0f), x.type()));
  }

  /** Cuts borders off. */
  static <T extends TFloating> Operand<T> cut(Ops tf, Operand<T> x, Sides sides) {
    int rank = sides.axes() + 2;
    int[] begin = new int[rank];
    int[] end = new int[rank];
    int[] steps = new int[rank];
    Arrays.fill(steps, 1);
    // Batch and channels stay whole; an end of 0 would be the beginning.
    long whole = 1L | 1L << (rank - 1);
    for (int axis = 0; axis < sides.axes(); axis++) {
      begin[axis + 1] = sides.before(axis);
      end[axis + 1] = -sides.after(axis);
      whole |= sides.after(axis) == 0 ? 1L << (axis + 1) : 0;
    }
    return tf.stridedSlice(
        x,
        tf.constant(begin),
        tf.constant(end),
        tf.constant(steps),
        StridedSlice.beginMask(1L | 1L << (rank - 1)),
        StridedSlice.endMask(whole));
  }
}
