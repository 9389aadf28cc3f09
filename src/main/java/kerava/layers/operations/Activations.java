package kerava.layers.operations;

import static kerava.layers.ActivationFunction.*;

import java.util.List;
import java.util.function.UnaryOperator;
import kerava.layers.ActivationFunction;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.nn.LeakyRelu;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;

/** The operations of {@code keras.ops.nn} that are also activation functions. */
final class Activations {
  static final List<Definition> ALL =
      List.of(
          plain("Relu", RELU),
          plain("Relu6", RELU6),
          plain("Sigmoid", SIGMOID),
          plain("SparseSigmoid", SPARSE_SIGMOID),
          plain("Softplus", SOFTPLUS),
          plain("Softsign", SOFTSIGN),
          plain("SparsePlus", SPARSE_PLUS),
          plain("Silu", SILU),
          plain("LogSigmoid", LOG_SIGMOID),
          plain("HardSigmoid", HARD_SIGMOID),
          plain("HardSilu", HARD_SILU),
          plain("Selu", SELU),
          plain("TanhShrink", TANH_SHRINK),
          plain("HardTanh", HARD_TANH),
          Definition.of("nn.SoftShrink(threshold)(x)", Activations::softShrink),
          Definition.of("nn.HardShrink(threshold)(x)", Activations::hardShrink),
          Definition.of("nn.Threshold(threshold, default_value)(x)", Activations::threshold),
          Definition.of("nn.Squareplus(b)(x)", Activations::squareplus),
          Definition.of(
              "nn.LeakyRelu(negative_slope)(x)",
              a -> a.tf().nn.leakyRelu(a.operand("x"), slope(a.number("negative_slope", 0.2)))),
          Definition.of("nn.Elu(alpha)(x)", Activations::elu),
          Definition.of("nn.Celu(alpha)(x)", Activations::celu),
          Definition.of("nn.Gelu(approximate)(x)", Activations::gelu),
          Definition.of("nn.Glu(axis)(x)", Activations::glu),
          Definition.of("nn.Softmax(axis)(x)", a -> along(a, x -> SOFTMAX.apply(a.tf(), x))),
          Definition.of("nn.LogSoftmax(axis)(x)", a -> along(a, x -> LOG_SOFTMAX.apply(a.tf(), x))),
          Definition.of("nn.Sparsemax(axis)(x)", a -> along(a, x -> SPARSEMAX.apply(a.tf(), x))));

  private Activations() {}

  private static Definition plain(String name, ActivationFunction function) {
    return Definition.unary("nn." + name, function::apply);
  }

  private static LeakyRelu.Options slope(float slope) {
    return LeakyRelu.alpha(slope);
  }

  private static Operand<TFloat32> softShrink(Arguments a) {
    Operand<TFloat32> x = a.operand("x");
    float limit = a.number("threshold", 0.5);
    Operand<TFloat32> within = a.tf().clipByValue(x, a.scalar(-limit), a.scalar(limit));
    return a.tf().math.sub(x, within);
  }

  private static Operand<TFloat32> hardShrink(Arguments a) {
    Operand<TFloat32> x = a.operand("x");
    Operand<TFloat32> limit = a.scalar(a.number("threshold", 0.5));
    return kept(a.tf(), a.tf().math.greater(a.tf().math.abs(x), limit), x, a.scalar(0));
  }

  private static Operand<TFloat32> threshold(Arguments a) {
    Operand<TFloat32> x = a.operand("x");
    Operand<TBool> above = a.tf().math.greater(x, a.scalar(a.number("threshold", 0)));
    return kept(a.tf(), above, x, a.scalar(a.number("default_value", 0)));
  }

  private static Operand<TFloat32> kept(
      Ops tf, Operand<TBool> which, Operand<TFloat32> x, Operand<TFloat32> other) {
    return tf.select(which, x, other);
  }

  private static Operand<TFloat32> squareplus(Arguments a) {
    Ops tf = a.tf();
    Operand<TFloat32> x = a.operand("x");
    Operand<TFloat32> root =
        tf.math.sqrt(tf.math.add(tf.math.square(x), a.scalar(a.number("b", 4))));
    return tf.math.div(tf.math.add(x, root), a.scalar(2));
  }

  private static Operand<TFloat32> elu(Arguments a) {
    Ops tf = a.tf();
    Operand<TFloat32> x = a.operand("x");
    Operand<TFloat32> bent = tf.nn.elu(x);
    float alpha = a.number("alpha", 1);
    return alpha == 1
        ? bent
        : tf.select(tf.math.greater(x, a.scalar(0)), bent, tf.math.mul(bent, a.scalar(alpha)));
  }

  private static Operand<TFloat32> celu(Arguments a) {
    Ops tf = a.tf();
    Operand<TFloat32> x = a.operand("x");
    Operand<TFloat32> alpha = a.scalar(a.number("alpha", 1));
    Operand<TFloat32> below = tf.math.div(tf.math.minimum(x, a.scalar(0)), alpha);
    return tf.math.add(tf.math.maximum(x, a.scalar(0)), tf.math.mul(alpha, tf.math.expm1(below)));
  }

  /** By a tangent, unless Keras' flag asks for the distribution function itself. */
  private static Operand<TFloat32> gelu(Arguments a) {
    Ops tf = a.tf();
    Operand<TFloat32> x = a.operand("x");
    if (a.has("approximate") && !a.flag("approximate")) {
      return GELU.apply(tf, x);
    }
    Operand<TFloat32> cube = tf.math.mul(a.scalar(0.044715), tf.math.pow(x, a.scalar(3)));
    Operand<TFloat32> inner = tf.math.mul(a.scalar(0.7978845608028654), tf.math.add(x, cube));
    Operand<TFloat32> cut = tf.math.add(a.scalar(1), tf.math.tanh(inner));
    return tf.math.mul(tf.math.mul(a.scalar(0.5), x), cut);
  }

  private static Operand<TFloat32> glu(Arguments a) {
    Operand<TFloat32> x = a.operand("x");
    int axis = a.has("axis") ? a.axis("axis", x) : x.shape().numDimensions() - 1;
    int size = a.size("axis", x, axis);
    if (size % 2 != 0) {
      throw a.json().refuse("axis", "one of an even size");
    }
    int half = size / 2;
    return a.tf()
        .math
        .mul(
            Slices.part(a.tf(), x, axis, 0, half),
            a.tf().math.sigmoid(Slices.part(a.tf(), x, axis, half, half)));
  }

  /** Applies what works along the last axis along another one. */
  private static Operand<TFloat32> along(Arguments a, UnaryOperator<Operand<TFloat32>> last) {
    Operand<TFloat32> x = a.operand("x");
    int rank = x.shape().numDimensions();
    int axis = a.has("axis") ? a.axis("axis", rank) : rank - 1;
    if (axis == rank - 1) {
      return last.apply(x);
    }
    Operand<org.tensorflow.types.TInt32> order = a.constant(Shapes.swapped(rank, axis, rank - 1));
    Ops tf = a.tf();
    return tf.linalg.transpose(last.apply(tf.linalg.transpose(x, order)), order);
  }
}
