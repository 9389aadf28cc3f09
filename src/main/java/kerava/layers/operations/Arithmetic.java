package kerava.layers.operations;

import static kerava.layers.operations.Definition.TypeRule.ARITHMETIC;
import static kerava.layers.operations.Definition.TypeRule.FRACTIONS;
import static kerava.layers.operations.Definition.binary;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
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
          binary("numpy.Dot", Products::dot).with(ARITHMETIC));

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
}
