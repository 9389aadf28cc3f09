package kerava.layers.operations;

import static kerava.layers.operations.Definition.DTypeRule.ANY;
import static kerava.layers.operations.Definition.DTypeRule.ARITHMETIC;
import static kerava.layers.operations.Definition.DTypeRule.FRACTIONS;
import static kerava.layers.operations.Definition.binary;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;

/** Operations on two operands, and those that compare. */
final class Arithmetic {
  static final List<Definition> ALL =
      List.of(
          binary("numpy.Add", (tf, x, y) -> tf.math.add(x, y)).with(ARITHMETIC),
          binary("numpy.Subtract", (tf, x, y) -> tf.math.sub(x, y)).with(ARITHMETIC),
          binary("numpy.Multiply", (tf, x, y) -> tf.math.mul(x, y)).with(ARITHMETIC),
          binary("numpy.Divide", (tf, x, y) -> tf.math.div(x, y)).with(FRACTIONS),
          binary("numpy.TrueDivide", (tf, x, y) -> tf.math.div(x, y)).with(FRACTIONS),
          binary("numpy.DivideNoNan", (tf, x, y) -> tf.math.divNoNan(x, y)).with(FRACTIONS),
          binary("numpy.Maximum", (tf, x, y) -> tf.math.maximum(x, y)).with(ARITHMETIC),
          binary("numpy.Minimum", (tf, x, y) -> tf.math.minimum(x, y)).with(ARITHMETIC),
          binary("numpy.Power", (tf, x, y) -> tf.math.pow(x, y)).with(ARITHMETIC),
          binary("numpy.Mod", Arithmetic::mod).with(ARITHMETIC),
          binary("numpy.FloorDivide", Arithmetic::floorDivide).with(ARITHMETIC),
          binary("numpy.Arctan2", (tf, x, y) -> tf.math.atan2(x, y)).with(FRACTIONS),
          binary("numpy.Logaddexp", Arithmetic::logaddexp).with(FRACTIONS),
          binary("numpy.Matmul", Products::matmul).with(ARITHMETIC),
          binary("numpy.Dot", Products::dot).with(ARITHMETIC),
          binary("numpy.Greater", (tf, x, y) -> flags(tf, tf.math.greater(x, y))).with(ANY),
          binary("numpy.GreaterEqual", (tf, x, y) -> flags(tf, tf.math.greaterEqual(x, y)))
              .with(ANY),
          binary("numpy.Less", (tf, x, y) -> flags(tf, tf.math.less(x, y))).with(ANY),
          binary("numpy.LessEqual", (tf, x, y) -> flags(tf, tf.math.lessEqual(x, y))).with(ANY),
          binary("numpy.Equal", (tf, x, y) -> flags(tf, tf.math.equal(x, y))).with(ANY),
          binary("numpy.NotEqual", (tf, x, y) -> flags(tf, tf.math.notEqual(x, y))).with(ANY),
          binary(
                  "numpy.LogicalAnd",
                  (tf, x, y) -> flags(tf, tf.math.logicalAnd(truth(tf, x), truth(tf, y))))
              .with(ANY),
          binary(
                  "numpy.LogicalOr",
                  (tf, x, y) -> flags(tf, tf.math.logicalOr(truth(tf, x), truth(tf, y))))
              .with(ANY),
          Definition.of(
                  "numpy.LogicalNot(x)", a -> flags(a.tf(), a.tf().math.logicalNot(truth(a, "x"))))
              .with(ANY),
          Definition.of(
                  "numpy.Where(condition, x1, x2)",
                  a -> a.tf().select(truth(a, "condition"), a.operand("x1"), a.operand("x2")))
              .with(ANY));

  private Arithmetic() {}

  /** The rest of a division with the sign of the divisor; TensorFlow's has no gradient in Java. */
  private static Operand<TFloat32> mod(Ops tf, Operand<TFloat32> x, Operand<TFloat32> y) {
    Operand<TFloat32> rest = tf.stopGradient(tf.math.floorMod(x, y));
    // Of what is taken away only the multiple of y has a gradient, and only to y.
    Operand<TFloat32> times = floorDivide(tf, x, y);
    Operand<TFloat32> linear = tf.math.sub(x, tf.math.mul(times, y));
    return tf.math.add(rest, tf.math.sub(linear, tf.stopGradient(linear)));
  }

  private static Operand<TFloat32> floorDivide(Ops tf, Operand<TFloat32> x, Operand<TFloat32> y) {
    return tf.stopGradient(tf.math.floorDiv(x, y));
  }

  private static Operand<TFloat32> logaddexp(Ops tf, Operand<TFloat32> x, Operand<TFloat32> y) {
    Operand<TFloat32> distance = tf.math.abs(tf.math.sub(x, y));
    return tf.math.add(tf.math.maximum(x, y), tf.math.log1p(tf.math.exp(tf.math.neg(distance))));
  }

  private static Operand<TBool> truth(Arguments a, String name) {
    return truth(a.tf(), a.operand(name));
  }

  private static Operand<TBool> truth(Ops tf, Operand<TFloat32> x) {
    return tf.math.notEqual(tf.stopGradient(x), tf.constant(0f));
  }

  /** 1 where it is true, else 0. */
  static Operand<TFloat32> flags(Ops tf, Operand<TBool> truth) {
    return tf.stopGradient(tf.dtypes.cast(truth, TFloat32.class));
  }
}
