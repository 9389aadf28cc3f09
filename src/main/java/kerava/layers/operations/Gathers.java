package kerava.layers.operations;

import static kerava.layers.operations.Definition.TypeRule.MOVES;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** Operations that take values from places, some several times. */
final class Gathers {
  static final List<Definition> ALL =
      List.of(
          Definition.of("numpy.Repeat(repeats, axis)(x)", Gathers::repeat).with(MOVES),
          Definition.of("numpy.Take(axis)(x, indices)", Gathers::take).with(MOVES).over("x"),
          Definition.of("numpy.TakeAlongAxis(axis)(x, indices)", Gathers::takeAlong)
              .with(MOVES)
              .over("x"));

  private static final int MOST_REPEATS = 1 << 16;

  private Gathers() {}

  /** In a row where no axis is given. */
  private static Operand<TFloat32> flat(Arguments a, Operand<TFloat32> x) {
    return a.has("axis") ? x : a.tf().reshape(x, a.constant(-1));
  }

  private static int axis(Arguments a, Operand<TFloat32> x) {
    return a.has("axis") ? a.axis("axis", x) : 0;
  }

  private static Operand<TFloat32> repeat(Arguments a) {
    Operand<TFloat32> x = flat(a, a.operand("x"));
    int axis = axis(a, x);
    int[] repeats = a.ints("repeats");
    // Refused before they are counted out: a few letters in a file can ask for any number.
    if (Arrays.stream(repeats).anyMatch(times -> times < 0 || times > MOST_REPEATS)) {
      throw a.json().refuse("repeats", "numbers from 0 to " + MOST_REPEATS);
    }
    if (repeats.length == 1 && x.shape().get(axis) < 0) {
      return repeatEach(a.tf(), x, axis, repeats[0]);
    }
    int size = a.size("axis", x, axis);
    if (repeats.length != 1 && repeats.length != size) {
      throw a.json().refuse("repeats", "one number, or " + size);
    }
    int[] places =
        IntStream.range(0, size)
            .flatMap(i -> IntStream.generate(() -> i).limit(repeats[repeats.length == 1 ? 0 : i]))
            .toArray();
    return gather(a.tf(), x, axis, a.tf().constant(places));
  }

  /** Of an axis whose size is not known: each place as often. */
  private static Operand<TFloat32> repeatEach(Ops tf, Operand<TFloat32> x, int axis, int times) {
    Operand<TInt32> size = tf.gather(tf.shape(x), tf.constant(axis), tf.constant(0));
    Operand<TInt32> all =
        tf.range(tf.constant(0), tf.math.mul(size, tf.constant(times)), tf.constant(1));
    return gather(tf, x, axis, tf.math.floorDiv(all, tf.constant(times)));
  }

  private static Operand<TFloat32> take(Arguments a) {
    Operand<TFloat32> x = flat(a, a.operand("x"));
    int axis = axis(a, x);
    if (!a.isTensor("indices") && x.shape().get(axis) >= 0) {
      requireIndices(a, a.json().argument("indices"), a.size("axis", x, axis));
    }
    return gather(a.tf(), x, axis, fromStart(a.tf(), x, axis, a.whole("indices")));
  }

  /** Refuses places that an axis does not have. */
  private static void requireIndices(Arguments a, JsonNode node, int size) {
    JsonNode list = Constants.isArray(node) ? node.path("config").path("value") : node;
    if (list.isArray()) {
      list.forEach(item -> requireIndices(a, item, size));
    } else if (!list.isInt()) {
      throw a.json().refuse("indices", "whole numbers");
    } else if (list.intValue() < -size || list.intValue() >= size) {
      throw a.json().refuse("indices", "places along an axis of " + size);
    }
  }

  /** Places along an axis, from 0; those below 0 count from the end. */
  private static Operand<TInt32> fromStart(
      Ops tf, Operand<TFloat32> x, int axis, Operand<TInt32> places) {
    Operand<TInt32> size = tf.gather(tf.shape(x), tf.constant(axis), tf.constant(0));
    Operand<TBool> below = tf.math.less(places, tf.constant(0));
    return tf.select(below, tf.math.add(places, size), places);
  }

  private static Operand<TFloat32> gather(
      Ops tf, Operand<TFloat32> x, int axis, Operand<TInt32> places) {
    return tf.gather(x, places, tf.constant(axis));
  }

  /** Of each row along an axis the values at places of its own. */
  private static Operand<TFloat32> takeAlong(Arguments a) {
    Ops tf = a.tf();
    Operand<TFloat32> x = flat(a, a.operand("x"));
    Operand<TInt32> places = a.whole("indices");
    int axis = axis(a, x);
    int rank = x.shape().numDimensions();
    if (places.shape().numDimensions() != rank) {
      throw a.json().refuse("indices", "as many axes as x has");
    }
    Operand<TInt32> order = a.constant(Shapes.swapped(rank, axis, rank - 1));
    Operand<TFloat32> values = tf.linalg.transpose(x, order);
    Operand<TInt32> own = tf.linalg.transpose(fromStart(tf, x, axis, places), order);
    Operand<TInt32> outer = tf.slice(tf.shape(values), a.constant(0), a.constant(rank - 1));
    Operand<TInt32> width = tf.slice(tf.shape(own), a.constant(rank - 1), a.constant(1));
    Operand<TInt32> each = tf.broadcastTo(own, tf.concat(List.of(outer, width), tf.constant(0)));
    return tf.linalg.transpose(along(tf, values, each), order);
  }

  /**
   * Of each row the values at places of its own.
   *
   * @param values of shape (..., size)
   * @param places of shape (..., places), from 0
   */
  static Operand<TFloat32> along(Ops tf, Operand<TFloat32> values, Operand<TInt32> places) {
    Operand<TInt32> all = tf.shape(values);
    int last = values.shape().numDimensions() - 1;
    Operand<TInt32> size = tf.gather(all, tf.constant(last), tf.constant(0));
    Operand<TInt32> width = tf.gather(tf.shape(places), tf.constant(last), tf.constant(0));
    Operand<TInt32> rows = tf.reshape(places, tf.stack(List.of(tf.constant(-1), width)));
    Operand<TInt32> count = tf.gather(tf.shape(rows), tf.constant(0), tf.constant(0));
    Operand<TInt32> first = tf.math.mul(tf.range(tf.constant(0), count, tf.constant(1)), size);
    Operand<TInt32> flat = tf.math.add(rows, tf.expandDims(first, tf.constant(1)));
    Operand<TFloat32> taken =
        tf.gather(tf.reshape(values, tf.constant(new int[] {-1})), flat, tf.constant(0));
    return tf.reshape(taken, tf.shape(places));
  }
}
