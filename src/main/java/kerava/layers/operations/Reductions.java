package kerava.layers.operations;

import static kerava.layers.operations.Definition.TypeRule.ARITHMETIC;
import static kerava.layers.operations.Definition.TypeRule.COUNTS;
import static kerava.layers.operations.Definition.TypeRule.FRACTIONS;
import static kerava.layers.operations.Definition.TypeRule.PLACES;
import static kerava.layers.operations.Definition.TypeRule.SUMS;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Max;
import org.tensorflow.op.core.Min;
import org.tensorflow.op.core.Prod;
import org.tensorflow.op.core.Squeeze;
import org.tensorflow.op.core.Sum;
import org.tensorflow.op.math.Mean;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** Operations that make one number of many along some axes. */
final class Reductions {
  static final List<Definition> ALL =
      List.of(
          reduction("numpy.Mean", (tf, x, axes) -> tf.math.mean(x, axes, Mean.keepDims(true)))
              .with(FRACTIONS),
          reduction("numpy.Sum", (tf, x, axes) -> tf.sum(x, axes, Sum.keepDims(true))).with(SUMS),
          Definition.of("numpy.Prod(axis, keepdims, dtype)(x)", Reductions::product).with(SUMS),
          reduction("numpy.Amax", Reductions::max).with(ARITHMETIC),
          reduction("numpy.Amin", Reductions::min).with(ARITHMETIC),
          Definition.of(
                  "numpy.Max(axis, keepdims, initial)(x)", a -> first(a, Reductions::max, true))
              .with(ARITHMETIC),
          Definition.of(
                  "numpy.Min(axis, keepdims, initial)(x)", a -> first(a, Reductions::min, false))
              .with(ARITHMETIC),
          reduction("numpy.Var", Reductions::variance).with(FRACTIONS),
          reduction("numpy.Std", (tf, x, axes) -> tf.math.sqrt(variance(tf, x, axes)))
              .with(FRACTIONS),
          reduction("math.Logsumexp", Reductions::logsumexp),
          reduction("numpy.Ptp", (tf, x, axes) -> tf.math.sub(max(tf, x, axes), min(tf, x, axes)))
              .with(ARITHMETIC),
          Definition.of("numpy.Average(axis)(x, weights)", Reductions::average).with(FRACTIONS),
          Definition.of("numpy.Argmax(axis, keepdims)(x)", a -> place(a, true)).with(PLACES),
          Definition.of("numpy.Argmin(axis, keepdims)(x)", a -> place(a, false)).with(PLACES),
          Definition.of("nn.Normalize(axis, order, epsilon)(x)", Reductions::normalize),
          Definition.of("numpy.Cumsum(axis, dtype)(x)", Reductions::cumsum).with(COUNTS));

  private interface Body {
    Operand<TFloat32> apply(Ops tf, Operand<TFloat32> x, Operand<TInt32> axes);
  }

  private Reductions() {}

  private static Definition reduction(String name, Body body) {
    return Definition.of(name + "(axis, keepdims)(x)", a -> reduce(a, body));
  }

  /** Reduces along the axes, which stay with the size 1 if that is asked for. */
  private static Operand<TFloat32> reduce(Arguments a, Body body) {
    Operand<TFloat32> x = a.operand("x");
    int[] axes = a.axes("axis", x);
    Operand<TFloat32> kept = body.apply(a.tf(), x, a.constant(axes));
    return a.flag("keepdims") ? kept : squeezed(a.tf(), kept, axes);
  }

  private static Operand<TFloat32> squeezed(Ops tf, Operand<TFloat32> x, int... axes) {
    List<Long> all = java.util.Arrays.stream(axes).asLongStream().boxed().toList();
    // An empty list would mean all axes of size 1.
    return all.isEmpty() ? x : tf.squeeze(x, Squeeze.axis(all));
  }

  private static Operand<TFloat32> product(Arguments a) {
    if (a.has("dtype")) {
      throw a.json().refuse("dtype", "none");
    }
    return reduce(a, (tf, x, axes) -> tf.prod(x, axes, Prod.keepDims(true)));
  }

  private static Operand<TFloat32> max(Ops tf, Operand<TFloat32> x, Operand<TInt32> axes) {
    return tf.max(x, axes, Max.keepDims(true));
  }

  private static Operand<TFloat32> min(Ops tf, Operand<TFloat32> x, Operand<TInt32> axes) {
    return tf.min(x, axes, Min.keepDims(true));
  }

  private static Operand<TFloat32> first(Arguments a, Body body, boolean greatest) {
    Operand<TFloat32> found = reduce(a, body);
    if (!a.has("initial")) {
      return found;
    }
    Operand<TFloat32> initial = a.scalar(a.number("initial", 0));
    return greatest ? a.tf().math.maximum(found, initial) : a.tf().math.minimum(found, initial);
  }

  private static Operand<TFloat32> variance(Ops tf, Operand<TFloat32> x, Operand<TInt32> axes) {
    Operand<TFloat32> mean = tf.math.mean(x, axes, Mean.keepDims(true));
    return tf.math.mean(tf.math.square(tf.math.sub(x, mean)), axes, Mean.keepDims(true));
  }

  private static Operand<TFloat32> logsumexp(Ops tf, Operand<TFloat32> x, Operand<TInt32> axes) {
    Operand<TFloat32> most = tf.stopGradient(max(tf, x, axes));
    Operand<TFloat32> sum = tf.sum(tf.math.exp(tf.math.sub(x, most)), axes, Sum.keepDims(true));
    return tf.math.add(tf.math.log(sum), most);
  }

  private static Operand<TFloat32> average(Arguments a) {
    if (a.has("weights")) {
      throw a.json().refuse("weights", "none");
    }
    return reduce(a, (tf, x, axes) -> tf.math.mean(x, axes, Mean.keepDims(true)));
  }

  /** Where the greatest or least number stands; TensorFlow takes one axis, Keras one or all. */
  private static Operand<TInt32> place(Arguments a, boolean greatest) {
    Ops tf = a.tf();
    Operand<TFloat32> x = tf.stopGradient(a.operand("x"));
    if (!a.has("axis")) {
      throw a.json().refuse("axis", "one axis");
    }
    int axis = a.axis("axis", x);
    Operand<TInt32> dimension = tf.constant(axis);
    Operand<TInt32> found =
        greatest
            ? tf.math.argMax(x, dimension, TInt32.class)
            : tf.math.argMin(x, dimension, TInt32.class);
    return a.flag("keepdims") ? tf.expandDims(found, dimension) : found;
  }

  private static Operand<TFloat32> normalize(Arguments a) {
    Ops tf = a.tf();
    Operand<TFloat32> x = a.operand("x");
    Operand<TInt32> axes = a.constant(a.axes("axis", x));
    float epsilon = a.number("epsilon", 1e-7);
    float order = a.number("order", 2);
    if (order == 2) {
      Operand<TFloat32> sum = tf.sum(tf.math.square(x), axes, Sum.keepDims(true));
      return tf.math.mul(x, tf.math.minimum(tf.math.rsqrt(sum), a.scalar(1 / (double) epsilon)));
    }
    if (order != 1) {
      throw a.json().refuse("order", "1 or 2");
    }
    Operand<TFloat32> norm = tf.sum(tf.math.abs(x), axes, Sum.keepDims(true));
    return tf.math.div(x, tf.math.maximum(norm, a.scalar(epsilon)));
  }

  private static Operand<TFloat32> cumsum(Arguments a) {
    if (!a.has("axis") || a.has("dtype")) {
      throw a.json().refuse(a.has("dtype") ? "dtype" : "axis", a.has("dtype") ? "none" : "an axis");
    }
    Operand<TFloat32> x = a.operand("x");
    return a.tf().math.cumsum(x, a.tf().constant(a.axis("axis", x)));
  }
}
