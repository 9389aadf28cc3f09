package kerava.layers.operations;

import static kerava.layers.operations.Definition.TypeRule.FRACTIONS;
import static kerava.layers.operations.Definition.TypeRule.MOVES;
import static kerava.layers.operations.Definition.binary;
import static kerava.layers.operations.Definition.unary;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;

/** Operations of numpy that matrices and angles need: diagonals, quarter turns, inner products. */
final class Diagonals {
  static final List<Definition> ALL =
      List.of(
          unary("numpy.Deg2rad", (tf, x) -> times(tf, x, Math.PI / 180)).with(FRACTIONS),
          unary("numpy.Rad2deg", (tf, x) -> times(tf, x, 180 / Math.PI)).with(FRACTIONS),
          binary("numpy.Hypot", Diagonals::hypot),
          Definition.of("numpy.NanToNum(nan, posinf, neginf)(x)", Diagonals::finite),
          Definition.of("numpy.Cumprod(axis, dtype)(x)", Diagonals::products),
          Definition.of("numpy.Diagonal(offset, axis1, axis2)(x)", Diagonals::diagonal).with(MOVES),
          Definition.of(
              "numpy.Trace(offset, axis1, axis2)(x)",
              a -> a.tf().sum(diagonal(a), a.tf().constant(-1))),
          Definition.of("numpy.Rot90(k, axes)(array)", Diagonals::turned).with(MOVES),
          binary("numpy.Inner", Diagonals::inner),
          binary("numpy.Vdot", (tf, x, y) -> inner(tf, flat(tf, x), flat(tf, y))),
          Definition.of("numpy.Dstack(xs)", Diagonals::inDepth).with(MOVES));

  private static final int DEPTH = 3;

  /** More than so many products one after another are no longer written out. */
  private static final int MOST = 512;

  private static final String LETTERS = "abcdefghijklmnopqrstuvwxy";

  private Diagonals() {}

  private static Operand<TFloat32> times(Ops tf, Operand<TFloat32> x, double factor) {
    return tf.math.mul(x, tf.constant((float) factor));
  }

  private static Operand<TFloat32> hypot(Ops tf, Operand<TFloat32> x, Operand<TFloat32> y) {
    return tf.math.sqrt(tf.math.add(tf.math.square(x), tf.math.square(y)));
  }

  private static Operand<TFloat32> finite(Arguments a) {
    Ops tf = a.tf();
    Operand<TFloat32> x = a.operand("x");
    Operand<TBool> infinite = tf.math.isInf(x);
    Operand<TFloat32> y = put(a, tf.math.isNan(x), a.number("nan", 0), x);
    Operand<TBool> above = tf.math.logicalAnd(infinite, tf.math.greater(x, a.scalar(0)));
    y = put(a, above, a.number("posinf", Float.MAX_VALUE), y);
    Operand<TBool> below = tf.math.logicalAnd(infinite, tf.math.less(x, a.scalar(0)));
    return put(a, below, a.number("neginf", -Float.MAX_VALUE), y);
  }

  private static Operand<TFloat32> put(
      Arguments a, Operand<TBool> where, float number, Operand<TFloat32> x) {
    Ops tf = a.tf();
    return tf.select(where, tf.fill(tf.shape(x), a.scalar(number)), x);
  }

  /** One product after another: TensorFlow's own operation has no gradient in Java. */
  private static Operand<TFloat32> products(Arguments a) {
    if (!a.has("axis") || a.has("dtype")) {
      throw a.json().refuse(a.has("dtype") ? "dtype" : "axis", a.has("dtype") ? "none" : "an axis");
    }
    Operand<TFloat32> x = a.operand("x");
    int axis = a.axis("axis", x);
    int size = a.size("axis", x, axis);
    if (size < 1 || size > MOST) {
      throw a.json().refuse("axis", "one of 1 to " + MOST + " numbers");
    }
    List<Operand<TFloat32>> products = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      Operand<TFloat32> next = Slices.part(a.tf(), x, axis, i, 1);
      products.add(i == 0 ? next : a.tf().math.mul(products.get(i - 1), next));
    }
    return size == 1 ? x : a.tf().concat(products, a.tf().constant(axis));
  }

  /** (..., rows, columns) → (..., length), where the two axes are brought to the end. */
  private static Operand<TFloat32> diagonal(Arguments a) {
    Ops tf = a.tf();
    Operand<TFloat32> x = a.operand("x");
    int rank = x.shape().numDimensions();
    int one = place(a, "axis1", 0, x);
    int other = place(a, "axis2", 1, x);
    if (one == other) {
      throw a.json().refuse("axis2", "another axis than axis1");
    }
    int rows = a.size("axis1", x, one);
    int columns = a.size("axis2", x, other);
    int offset = a.has("offset") ? a.ints("offset")[0] : 0;
    int[] places =
        IntStream.range(0, rows)
            .filter(row -> row + offset >= 0 && row + offset < columns)
            .map(row -> row * columns + row + offset)
            .toArray();
    if (places.length == 0) {
      throw a.json().refuse("offset", "that of a diagonal within the matrix");
    }
    int[] order =
        IntStream.concat(
                IntStream.range(0, rank).filter(axis -> axis != one && axis != other),
                IntStream.of(one, other))
            .toArray();
    Operand<TFloat32> last = tf.linalg.transpose(x, a.constant(order));
    Operand<org.tensorflow.types.TInt32> kept =
        tf.slice(tf.shape(last), a.constant(0), a.constant(rank - 2));
    Operand<TFloat32> rowsInOne =
        tf.reshape(last, tf.concat(List.of(kept, a.constant(rows * columns)), tf.constant(0)));
    return tf.gather(rowsInOne, a.constant(places), tf.constant(rank - 2));
  }

  private static int place(Arguments a, String name, int otherwise, Operand<TFloat32> x) {
    return a.has(name) ? a.axis(name, x) : otherwise;
  }

  /** Quarter turns from the first of two axes to the second. */
  private static Operand<TFloat32> turned(Arguments a) {
    Ops tf = a.tf();
    Operand<TFloat32> x = a.operand("array");
    int[] axes = a.has("axes") ? a.axes("axes", x) : new int[] {0, 1};
    if (axes.length != 2 || axes[0] == axes[1]) {
      throw a.json().refuse("axes", "two axes");
    }
    int turns = Math.floorMod(a.has("k") ? a.ints("k")[0] : 1, 4);
    if (turns == 0) {
      return tf.identity(x);
    }
    if (turns == 2) {
      throw a.json()
          .refuse("k", "one or three quarter turns, as Keras turns by two otherwise than numpy");
    }
    Operand<TFloat32> before = turns == 1 ? tf.reverse(x, a.constant(axes[1])) : x;
    int[] order = Shapes.swapped(x.shape().numDimensions(), axes[0], axes[1]);
    Operand<TFloat32> swapped = tf.linalg.transpose(before, a.constant(order));
    return turns == 1 ? swapped : tf.reverse(swapped, a.constant(axes[1]));
  }

  /** Sums of products along the last axes of both; a number multiplies. */
  private static Operand<TFloat32> inner(Ops tf, Operand<TFloat32> x, Operand<TFloat32> y) {
    int left = x.shape().numDimensions();
    int right = y.shape().numDimensions();
    if (left == 0 || right == 0) {
      return tf.math.mul(x, y);
    }
    String one = LETTERS.substring(0, left - 1);
    String other = LETTERS.substring(left, left + right - 1);
    return tf.linalg.einsum(List.of(x, y), one + "z," + other + "z->" + one + other);
  }

  private static Operand<TFloat32> flat(Ops tf, Operand<TFloat32> x) {
    return tf.reshape(x, tf.constant(new int[] {-1}));
  }

  private static Operand<TFloat32> inDepth(Arguments a) {
    List<Operand<TFloat32>> xs = a.operands("xs");
    if (xs.stream().anyMatch(x -> x.shape().numDimensions() < 2)) {
      throw a.json().refuse("xs", "matrices");
    }
    List<Operand<TFloat32>> deep =
        xs.stream().<Operand<TFloat32>>map(x -> deep(a.tf(), x)).toList();
    return deep.size() == 1 ? deep.get(0) : a.tf().concat(deep, a.tf().constant(DEPTH - 1));
  }

  private static Operand<TFloat32> deep(Ops tf, Operand<TFloat32> x) {
    return x.shape().numDimensions() < DEPTH ? tf.expandDims(x, tf.constant(-1)) : x;
  }
}
