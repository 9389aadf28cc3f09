package kerava.layers.operations;

import static kerava.layers.operations.Definition.TypeRule.COMPARES;
import static kerava.layers.operations.Definition.TypeRule.LOGIC;
import static kerava.layers.operations.Definition.TypeRule.MOVES;
import static kerava.layers.operations.Definition.binary;

import java.util.List;
import java.util.function.BiFunction;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceAll;
import org.tensorflow.op.core.ReduceAny;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;

/** Operations that compare, on truths, and that choose by them. */
final class Comparisons {
  static final List<Definition> ALL =
      List.of(
          binary("numpy.Greater", (tf, x, y) -> tf.math.greater(x, y)).with(COMPARES),
          binary("numpy.GreaterEqual", (tf, x, y) -> tf.math.greaterEqual(x, y)).with(COMPARES),
          binary("numpy.Less", (tf, x, y) -> tf.math.less(x, y)).with(COMPARES),
          binary("numpy.LessEqual", (tf, x, y) -> tf.math.lessEqual(x, y)).with(COMPARES),
          binary("numpy.Equal", (tf, x, y) -> tf.math.equal(x, y)).with(COMPARES),
          binary("numpy.NotEqual", (tf, x, y) -> tf.math.notEqual(x, y)).with(COMPARES),
          test("numpy.Isfinite", (tf, x) -> tf.math.isFinite(x), true),
          test("numpy.Isinf", (tf, x) -> tf.math.isInf(x), false),
          test("numpy.Isnan", (tf, x) -> tf.math.isNan(x), false),
          logic("numpy.LogicalAnd", (tf, x, y) -> tf.math.logicalAnd(x, y)),
          logic("numpy.LogicalOr", (tf, x, y) -> tf.math.logicalOr(x, y)),
          logic("numpy.LogicalXor", (tf, x, y) -> tf.math.notEqual(x, y)),
          Definition.of("numpy.LogicalNot(x)", a -> a.tf().math.logicalNot(a.truths("x")))
              .with(LOGIC),
          Definition.of("numpy.Any(axis, keepdims)(x)", Comparisons::any).with(LOGIC),
          Definition.of("numpy.All(axis, keepdims)(x)", Comparisons::all).with(LOGIC),
          Definition.of("numpy.Where(condition, x1, x2)", Comparisons::where)
              .with(MOVES)
              .over("x1", "x2"));

  private Comparisons() {}

  /** A question to each number, whose answer is known for those that are whole. */
  private static Definition test(
      String name, BiFunction<Ops, Operand<TFloat32>, Operand<TBool>> body, boolean ofWhole) {
    return Definition.of(
            name + "(x)",
            a ->
                a.fractions()
                    ? body.apply(a.tf(), a.operand("x"))
                    : a.tf().fill(a.tf().shape(a.operand("x")), a.tf().constant(ofWhole)))
        .with(COMPARES);
  }

  private interface Truths {
    Operand<TBool> apply(Ops tf, Operand<TBool> x, Operand<TBool> y);
  }

  private static Definition logic(String name, Truths body) {
    return Definition.of(name + "(x1, x2)", a -> body.apply(a.tf(), a.truths("x1"), a.truths("x2")))
        .with(LOGIC);
  }

  private static Operand<TBool> any(Arguments a) {
    Operand<TBool> x = a.truths("x");
    return a.tf()
        .reduceAny(x, a.constant(a.axes("axis", x)), ReduceAny.keepDims(a.flag("keepdims")));
  }

  private static Operand<TBool> all(Arguments a) {
    Operand<TBool> x = a.truths("x");
    return a.tf()
        .reduceAll(x, a.constant(a.axes("axis", x)), ReduceAll.keepDims(a.flag("keepdims")));
  }

  private static Operand<TFloat32> where(Arguments a) {
    if (!a.has("x1") || !a.has("x2")) {
      throw a.json().refuse(a.has("x1") ? "x2" : "x1", "a tensor or a number");
    }
    return a.tf().select(a.truths("condition"), a.operand("x1"), a.operand("x2"));
  }
}
