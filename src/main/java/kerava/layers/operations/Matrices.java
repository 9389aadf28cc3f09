package kerava.layers.operations;

import static kerava.layers.operations.Definition.TypeRule.ARITHMETIC;
import static kerava.layers.operations.Definition.TypeRule.FRACTIONS;
import static kerava.layers.operations.Definition.TypeRule.MOVES;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Max;
import org.tensorflow.op.core.Sum;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** Sums of products along axes, parts of matrices, and norms. */
final class Matrices {
  static final List<Definition> ALL =
      List.of(
          Definition.of("numpy.Einsum(subscripts)(operands...)", Matrices::einsum).with(ARITHMETIC),
          Definition.of("numpy.Tensordot(axes)(x1, x2)", Matrices::tensordot).with(ARITHMETIC),
          Definition.of("numpy.Outer(x1, x2)", Matrices::outer).with(ARITHMETIC),
          Definition.of("numpy.Tril(k)(x)", a -> triangle(a, true)).with(MOVES),
          Definition.of("numpy.Triu(k)(x)", a -> triangle(a, false)).with(MOVES),
          Definition.of("linalg.Norm(ord, axis, keepdims)(x)", Matrices::norm).with(FRACTIONS));

  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz";

  private Matrices() {}

  private static Operand<TFloat32> einsum(Arguments a) {
    List<Operand<TFloat32>> operands = a.operands("operands");
    String equation = a.text("subscripts", "").replace(" ", "");
    if (operands.size() > 2 || !equation.contains("->")) {
      throw a.json().refuse("subscripts", "one or two operands and a result, such as ab,bc->ac");
    }
    return a.tf().linalg.einsum(operands, equation);
  }

  /** Along so many of the last and first axes, or along those that are listed for both. */
  private static Operand<TFloat32> tensordot(Arguments a) {
    Operand<TFloat32> x = a.operand("x1");
    Operand<TFloat32> y = a.operand("x2");
    int left = x.shape().numDimensions();
    int right = y.shape().numDimensions();
    JsonNode axes = a.json().argument("axes");
    int count = axes.isInt() ? axes.intValue() : axes.isNull() ? 2 : -1;
    List<Integer> first = count < 0 ? axes(a, axes.path(0), left) : range(left - count, left);
    List<Integer> second = count < 0 ? axes(a, axes.path(1), right) : range(0, count);
    if (first.size() != second.size() || first.stream().anyMatch(axis -> axis < 0)) {
      throw a.json().refuse("axes", "as many axes of both operands");
    }
    String one = LETTERS.substring(0, left);
    char[] other = LETTERS.substring(left, left + right).toCharArray();
    for (int i = 0; i < first.size(); i++) {
      other[second.get(i)] = one.charAt(first.get(i));
    }
    String result = without(one.toCharArray(), first) + without(other, second);
    return a.tf().linalg.einsum(List.of(x, y), one + "," + String.valueOf(other) + "->" + result);
  }

  private static String without(char[] letters, List<Integer> places) {
    return range(0, letters.length).stream()
        .filter(i -> !places.contains(i))
        .map(i -> String.valueOf(letters[i]))
        .collect(Collectors.joining());
  }

  private static List<Integer> range(int from, int to) {
    return IntStream.range(from, to).boxed().toList();
  }

  private static List<Integer> axes(Arguments a, JsonNode node, int rank) {
    List<JsonNode> nodes = node.isArray() ? node.valueStream().toList() : List.of(node);
    List<Integer> axes = new ArrayList<>();
    for (JsonNode each : nodes) {
      if (!each.isInt() || each.intValue() < -rank || each.intValue() >= rank) {
        throw a.json().refuse("axes", "axes of the operands");
      }
      axes.add(Math.floorMod(each.intValue(), rank));
    }
    return axes;
  }

  private static Operand<TFloat32> outer(Arguments a) {
    Ops tf = a.tf();
    Operand<TFloat32> column = tf.reshape(a.operand("x1"), tf.constant(new int[] {-1, 1}));
    return tf.math.mul(column, tf.reshape(a.operand("x2"), a.constant(-1)));
  }

  /** What stands below a diagonal, or above it, and on it; zeros elsewhere. */
  private static Operand<TFloat32> triangle(Arguments a, boolean lower) {
    Ops tf = a.tf();
    Operand<TFloat32> x = a.operand("x");
    int rank = x.shape().numDimensions();
    if (rank < 2) {
      throw a.json().refuse("x", "matrices");
    }
    Operand<TInt32> rows = tf.reshape(places(tf, x, rank - 2), tf.constant(new int[] {-1, 1}));
    Operand<TInt32> ahead = tf.math.sub(places(tf, x, rank - 1), rows);
    Operand<TInt32> diagonal = tf.constant(a.has("k") ? a.ints("k")[0] : 0);
    Operand<TBool> kept =
        lower ? tf.math.lessEqual(ahead, diagonal) : tf.math.greaterEqual(ahead, diagonal);
    return tf.select(kept, x, tf.zerosLike(x));
  }

  private static Operand<TInt32> places(Ops tf, Operand<?> x, int axis) {
    Operand<TInt32> size = tf.gather(tf.shape(x), tf.constant(axis), tf.constant(0));
    return tf.range(tf.constant(0), size, tf.constant(1));
  }

  private static Operand<TFloat32> norm(Arguments a) {
    Ops tf = a.tf();
    Operand<TFloat32> x = a.operand("x");
    int[] given = a.axes("axis", x);
    JsonNode order = a.json().argument("ord");
    boolean euclidean =
        order.isNull()
            || order.asText().equals("fro")
            || (given.length == 1 && order.asDouble() == 2);
    boolean vector = given.length == 1;
    if (!euclidean && !(vector && order.isNumber() && order.asDouble() != 0)) {
      throw a.json().refuse("ord", "none, or the order of the norm of a vector");
    }
    Operand<TInt32> axes = a.constant(given);
    boolean kept = a.flag("keepdims");
    if (euclidean) {
      return tf.math.sqrt(tf.sum(tf.math.square(x), axes, Sum.keepDims(kept)));
    }
    double power = order.asDouble();
    Operand<TFloat32> sizes = tf.math.abs(x);
    if (Double.isInfinite(power)) {
      Operand<TFloat32> signed = power > 0 ? sizes : tf.math.neg(sizes);
      Operand<TFloat32> most = tf.max(signed, axes, Max.keepDims(kept));
      return power > 0 ? most : tf.math.neg(most);
    }
    Operand<TFloat32> sum = tf.sum(tf.math.pow(sizes, a.scalar(power)), axes, Sum.keepDims(kept));
    return tf.math.pow(sum, a.scalar(1 / power));
  }
}
