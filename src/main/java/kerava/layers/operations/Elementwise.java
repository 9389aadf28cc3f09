package kerava.layers.operations;

import static kerava.layers.operations.Definition.TypeRule.ARITHMETIC;
import static kerava.layers.operations.Definition.TypeRule.COUNTS;
import static kerava.layers.operations.Definition.TypeRule.FRACTIONS;
import static kerava.layers.operations.Definition.TypeRule.GIVEN;
import static kerava.layers.operations.Definition.TypeRule.MOVES;
import static kerava.layers.operations.Definition.unary;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Operations on each number by itself. */
final class Elementwise {
  static final List<Definition> ALL =
      List.of(
          unary("numpy.Negative", (tf, x) -> tf.math.neg(x)).with(ARITHMETIC),
          unary("numpy.Abs", (tf, x) -> tf.math.abs(x)).with(ARITHMETIC),
          unary("numpy.Absolute", (tf, x) -> tf.math.abs(x)).with(ARITHMETIC),
          unary("numpy.Square", (tf, x) -> tf.math.square(x)).with(COUNTS),
          unary("numpy.Sqrt", (tf, x) -> tf.math.sqrt(x)).with(FRACTIONS),
          unary("math.Rsqrt", (tf, x) -> tf.math.rsqrt(x)),
          unary("numpy.Reciprocal", (tf, x) -> tf.math.reciprocal(x)),
          unary("numpy.Exp", (tf, x) -> tf.math.exp(x)).with(FRACTIONS),
          unary("numpy.Exp2", (tf, x) -> tf.math.pow(tf.constant(2f), x)).with(FRACTIONS),
          unary("numpy.Expm1", (tf, x) -> tf.math.expm1(x)).with(FRACTIONS),
          unary("numpy.Log", (tf, x) -> tf.math.log(x)).with(FRACTIONS),
          unary("numpy.Log1p", (tf, x) -> tf.math.log1p(x)).with(FRACTIONS),
          unary("numpy.Log2", (tf, x) -> log(tf, x, 2)).with(FRACTIONS),
          unary("numpy.Log10", (tf, x) -> log(tf, x, 10)).with(FRACTIONS),
          unary("numpy.Sin", (tf, x) -> tf.math.sin(x)).with(FRACTIONS),
          unary("numpy.Cos", (tf, x) -> tf.math.cos(x)).with(FRACTIONS),
          unary("numpy.Tan", (tf, x) -> tf.math.tan(x)).with(FRACTIONS),
          unary("numpy.Sinh", (tf, x) -> tf.math.sinh(x)).with(FRACTIONS),
          unary("numpy.Cosh", (tf, x) -> tf.math.cosh(x)).with(FRACTIONS),
          unary("numpy.Tanh", (tf, x) -> tf.math.tanh(x)).with(FRACTIONS),
          unary("numpy.Arcsin", (tf, x) -> tf.math.asin(x)).with(FRACTIONS),
          unary("numpy.Arccos", (tf, x) -> tf.math.acos(x)).with(FRACTIONS),
          unary("numpy.Arctan", (tf, x) -> tf.math.atan(x)).with(FRACTIONS),
          unary("numpy.Arcsinh", (tf, x) -> tf.math.asinh(x)).with(FRACTIONS),
          unary("numpy.Arccosh", (tf, x) -> tf.math.acosh(x)).with(FRACTIONS),
          unary("numpy.Arctanh", (tf, x) -> tf.math.atanh(x)).with(FRACTIONS),
          unary("math.Erf", (tf, x) -> tf.math.erf(x)),
          unary("numpy.Sign", (tf, x) -> tf.stopGradient(tf.math.sign(x))).with(ARITHMETIC),
          unary("numpy.Floor", (tf, x) -> tf.stopGradient(tf.math.floor(x))).with(FRACTIONS),
          unary("numpy.Ceil", (tf, x) -> tf.stopGradient(tf.math.ceil(x))).with(FRACTIONS),
          Definition.of("numpy.Trunc(x)", Elementwise::trunc).with(ARITHMETIC),
          Definition.of("numpy.Round(decimals)(x)", Elementwise::round).with(ARITHMETIC),
          Definition.of("numpy.Clip(x_min, x_max)(x)", Elementwise::clip).with(COUNTS),
          Definition.of("core.Cast(dtype)(x)", a -> a.plain("x")).with(GIVEN),
          Definition.of("core.ConvertToTensor(dtype, sparse, ragged)(x)", Elementwise::dense)
              .with(GIVEN),
          Definition.of(
                  "core.StopGradient(variable)", a -> a.tf().stopGradient(a.operand("variable")))
              .with(MOVES),
          Definition.of("numpy.Copy(x)", a -> a.tf().identity(a.operand("x"))).with(MOVES),
          Definition.of(
                  "numpy.ZerosLike(dtype)(x)",
                  a -> a.tf().stopGradient(a.tf().zerosLike(a.operand("x"))))
              .with(GIVEN),
          Definition.of(
                  "numpy.OnesLike(dtype)(x)",
                  a -> a.tf().stopGradient(a.tf().onesLike(a.operand("x"))))
              .with(GIVEN));

  private Elementwise() {}

  private static Operand<?> dense(Arguments a) {
    if (a.flag("sparse") || a.flag("ragged")) {
      throw a.json().refuse(a.flag("sparse") ? "sparse" : "ragged", "false");
    }
    return a.plain("x");
  }

  private static Operand<TFloat32> log(Ops tf, Operand<TFloat32> x, double base) {
    return tf.math.div(tf.math.log(x), tf.constant((float) Math.log(base)));
  }

  private static Operand<TFloat32> trunc(Arguments a) {
    Ops tf = a.tf();
    Operand<TFloat32> x = a.operand("x");
    if (!a.fractions()) {
      return x;
    }
    Operand<TFloat32> below = tf.math.floor(tf.math.abs(x));
    return tf.stopGradient(tf.math.mul(tf.math.sign(x), below));
  }

  private static Operand<TFloat32> round(Arguments a) {
    Ops tf = a.tf();
    Operand<TFloat32> x = a.operand("x");
    if (!a.fractions()) {
      if (a.number("decimals", 0) < 0) {
        throw a.json().refuse("decimals", "at least 0 for whole numbers");
      }
      return x;
    }
    Operand<TFloat32> factor = a.scalar(Math.pow(10, a.number("decimals", 0)));
    return tf.stopGradient(
        a.number("decimals", 0) == 0
            ? tf.math.rint(x)
            : tf.math.div(tf.math.rint(tf.math.mul(x, factor)), factor));
  }

  private static Operand<TFloat32> clip(Arguments a) {
    Operand<TFloat32> low = a.operand("x_min");
    Operand<TFloat32> high = a.operand("x_max");
    return low.shape().isScalar() && high.shape().isScalar()
        ? a.tf().clipByValue(a.operand("x"), low, high)
        : a.tf().math.minimum(a.tf().math.maximum(a.operand("x"), low), high);
  }
}
