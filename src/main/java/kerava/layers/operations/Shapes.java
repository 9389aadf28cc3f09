package kerava.layers.operations;

import static kerava.layers.operations.Definition.TypeRule.MOVES;
import static kerava.layers.operations.Definition.several;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Squeeze;
import org.tensorflow.op.core.Stack;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** Operations that move numbers and compute nothing. */
final class Shapes {
  static final List<Definition> ALL =
      Stream.of(
              Definition.of("numpy.Reshape(newshape)(x)", Shapes::reshape),
              Definition.of("numpy.Ravel(x)", a -> a.tf().reshape(a.operand("x"), a.constant(-1))),
              Definition.of("numpy.Transpose(axes)(x)", a -> permuted(a, x -> transposed(a, x))),
              Definition.of(
                  "numpy.Swapaxes(axis1, axis2)(x)", a -> permuted(a, x -> swapped(a, x))),
              Definition.of(
                  "numpy.Moveaxis(source, destination)(x)", a -> permuted(a, x -> moved(a, x))),
              Definition.of("numpy.Squeeze(axis)(x)", Shapes::squeeze),
              Definition.of("numpy.ExpandDims(axis)(x)", Shapes::expandDims),
              Definition.of("numpy.Concatenate(axis)(xs)", Shapes::concatenate),
              Definition.of("numpy.Stack(axis)(x)", Shapes::stack),
              several("numpy.Split(indices_or_sections, axis)(x)", Slices::split),
              several("core.Unstack(num, axis)(x)", Slices::unstack),
              Definition.of("numpy.GetItem(x, key)", Slices::item),
              Definition.of("core.Slice(shape)(inputs, start_indices)", Slices::slice),
              Definition.of("numpy.Flip(axis)(x)", a -> flip(a, a.operand("x"))),
              Definition.of("numpy.Roll(shift, axis)(x)", Slices::roll),
              Definition.of("numpy.Tile(repeats)(x)", Shapes::tile),
              Definition.of("numpy.BroadcastTo(shape)(x)", Shapes::broadcastTo),
              Definition.of("numpy.Pad(pad_width, mode)(x, constant_values)", Shapes::pad))
          .map(definition -> definition.with(MOVES))
          .toList();

  private Shapes() {}

  /** The order of the axes in which two have changed places. */
  static int[] swapped(int rank, int one, int other) {
    return IntStream.range(0, rank)
        .map(axis -> axis == one ? other : axis == other ? one : axis)
        .toArray();
  }

  /** A size that the file leaves open, as it does for the batch, follows from the others. */
  private static Operand<TFloat32> reshape(Arguments a) {
    JsonNode shape = a.json().argument("newshape");
    int[] sizes =
        shape.isArray()
            ? IntStream.range(0, shape.size())
                .map(i -> shape.get(i).isNull() ? -1 : shape.get(i).asInt())
                .toArray()
            : a.ints("newshape");
    return a.tf().reshape(a.operand("x"), a.constant(sizes));
  }

  private static Operand<TFloat32> permuted(Arguments a, Function<Operand<TFloat32>, int[]> order) {
    Operand<TFloat32> x = a.operand("x");
    return a.tf().linalg.transpose(x, a.constant(order.apply(x)));
  }

  private static int[] transposed(Arguments a, Operand<TFloat32> x) {
    int rank = x.shape().numDimensions();
    return a.has("axes")
        ? a.axes("axes", x)
        : IntStream.range(0, rank).map(axis -> rank - 1 - axis).toArray();
  }

  private static int[] swapped(Arguments a, Operand<TFloat32> x) {
    return swapped(x.shape().numDimensions(), a.axis("axis1", x), a.axis("axis2", x));
  }

  private static int[] moved(Arguments a, Operand<TFloat32> x) {
    int[] source = a.axes("source", x);
    int[] destination = a.axes("destination", x);
    if (source.length != destination.length) {
      throw a.json().refuse("destination", "as many axes as in source");
    }
    int rank = x.shape().numDimensions();
    List<Integer> others = new ArrayList<>(IntStream.range(0, rank).boxed().toList());
    others.removeAll(Arrays.stream(source).boxed().toList());
    int[] order = new int[rank];
    Arrays.fill(order, -1);
    for (int i = 0; i < source.length; i++) {
      order[destination[i]] = source[i];
    }
    var left = others.iterator();
    return Arrays.stream(order).map(axis -> axis < 0 ? left.next() : axis).toArray();
  }

  private static Operand<TFloat32> squeeze(Arguments a) {
    Operand<TFloat32> x = a.operand("x");
    List<Long> axes =
        a.has("axis")
            ? Arrays.stream(a.axes("axis", x)).asLongStream().boxed().toList()
            : List.of();
    return a.tf().squeeze(x, Squeeze.axis(axes));
  }

  private static Operand<TFloat32> expandDims(Arguments a) {
    Operand<TFloat32> x = a.operand("x");
    int[] axes = a.ints("axis");
    int rank = x.shape().numDimensions() + axes.length;
    int[] places = Arrays.stream(axes).map(axis -> Math.floorMod(axis, rank)).sorted().toArray();
    for (int place : places) {
      x = a.tf().expandDims(x, a.tf().constant(place));
    }
    return x;
  }

  private static Operand<TFloat32> concatenate(Arguments a) {
    List<Operand<TFloat32>> xs = a.operands("xs");
    int axis = a.axis("axis", xs.get(0));
    return xs.size() == 1 ? xs.get(0) : a.tf().concat(xs, a.tf().constant(axis));
  }

  private static Operand<TFloat32> stack(Arguments a) {
    List<Operand<TFloat32>> xs = a.operands("x");
    long axis = a.axis("axis", xs.get(0).shape().numDimensions() + 1);
    return a.tf().stack(xs, Stack.axis(axis));
  }

  private static Operand<TFloat32> flip(Arguments a, Operand<TFloat32> x) {
    return a.tf().reverse(x, a.constant(a.axes("axis", x)));
  }

  private static Operand<TFloat32> tile(Arguments a) {
    Operand<TFloat32> x = a.operand("x");
    int[] given = a.ints("repeats");
    int rank = Math.max(x.shape().numDimensions(), given.length);
    for (int i = x.shape().numDimensions(); i < rank; i++) {
      x = a.tf().expandDims(x, a.tf().constant(0));
    }
    int[] repeats = new int[rank];
    Arrays.fill(repeats, 1);
    System.arraycopy(given, 0, repeats, rank - given.length, given.length);
    return a.tf().tile(x, a.constant(repeats));
  }

  private static Operand<TFloat32> broadcastTo(Arguments a) {
    return a.tf().broadcastTo(a.operand("x"), a.constant(a.ints("shape")));
  }

  private static Operand<TFloat32> pad(Arguments a) {
    Ops tf = a.tf();
    Operand<TFloat32> x = a.operand("x");
    Operand<TInt32> width = tf.constant(widths(a, x.shape().numDimensions()));
    String mode = a.text("mode", "constant");
    if (mode.equals("reflect") || mode.equals("symmetric")) {
      return tf.mirrorPad(x, width, mode.toUpperCase(java.util.Locale.ROOT));
    }
    if (!mode.equals("constant")) {
      throw a.json().refuse("mode", "constant, reflect or symmetric");
    }
    Operand<TFloat32> padded = tf.pad(x, width, a.scalar(0));
    float value = a.number("constant_values", 0);
    if (value == 0) {
      return padded;
    }
    // Padding with another number than 0 has no gradient in TensorFlow Java.
    Operand<TFloat32> border =
        tf.math.sub(a.scalar(1), tf.pad(tf.onesLike(tf.stopGradient(x)), width, a.scalar(0)));
    return tf.math.add(padded, tf.stopGradient(tf.math.mul(border, a.scalar(value))));
  }

  /** One number for all borders, a pair for all axes, or a pair an axis. */
  private static int[][] widths(Arguments a, int rank) {
    JsonNode node = a.json().argument("pad_width");
    int[][] widths = new int[rank][];
    for (int axis = 0; axis < rank; axis++) {
      JsonNode own =
          node.isArray() && node.path(0).isArray() ? node.path(axis % node.size()) : node;
      widths[axis] =
          own.isArray()
              ? new int[] {own.path(0).asInt(), own.path(own.size() - 1).asInt()}
              : new int[] {own.asInt(), own.asInt()};
    }
    return widths;
  }
}
