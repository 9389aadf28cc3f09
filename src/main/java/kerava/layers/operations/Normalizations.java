package kerava.layers.operations;

import java.util.Arrays;
import java.util.List;
import kerava.graph.BatchProduct;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.math.Mean;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** What models written by hand compute in the place of layers: normalizations, and attention. */
final class Normalizations {
  static final List<Definition> ALL =
      List.of(
          Definition.several(
              "nn.Moments(axes, keepdims, synchronized)(x)", Normalizations::moments),
          Definition.of(
              "nn.BatchNorm(axis, epsilon)(x, mean, variance, offset, scale)",
              Normalizations::batch),
          Definition.of(
                  "nn.LayerNorm(axis, epsilon, rms_scaling)(x, gamma, beta)", Normalizations::layer)
              .over("x"),
          Definition.of("nn.RMSNorm(axis, epsilon)(x, scale)", Normalizations::rms).over("x"),
          Definition.of(
                  "nn.DotProductAttention(is_causal, flash_attention, attn_logits_soft_cap)"
                      + "(query, key, value, bias, mask, scale)",
                  Normalizations::attention)
              .over("query", "key", "value"));

  private static final double EPSILON = 1e-7;
  private static final float UNSEEN = -0.7f * 3.38953e38f;

  private Normalizations() {}

  private static Operand<TFloat32> mean(
      Ops tf, Operand<TFloat32> x, Operand<TInt32> axes, boolean kept) {
    return tf.math.mean(x, axes, Mean.keepDims(kept));
  }

  private static List<Operand<?>> moments(Arguments a) {
    Ops tf = a.tf();
    Operand<TFloat32> x = a.operand("x");
    Operand<TInt32> axes = a.constant(a.axes("axes", x));
    Operand<TFloat32> distance = tf.math.sub(x, mean(tf, x, axes, true));
    boolean kept = a.flag("keepdims");
    return List.of(mean(tf, x, axes, kept), mean(tf, tf.math.square(distance), axes, kept));
  }

  private static Operand<TFloat32> batch(Arguments a) {
    Ops tf = a.tf();
    Operand<TFloat32> x = a.operand("x");
    int[] sizes = new int[x.shape().numDimensions()];
    Arrays.fill(sizes, 1);
    sizes[a.axis("axis", x)] = -1;
    Operand<TInt32> shape = a.constant(sizes);
    Operand<TFloat32> spread =
        tf.math.add(tf.reshape(a.operand("variance"), shape), a.scalar(a.number("epsilon", 1e-3)));
    Operand<TFloat32> factor = tf.math.rsqrt(spread);
    if (a.has("scale")) {
      factor = tf.math.mul(factor, tf.reshape(a.operand("scale"), shape));
    }
    Operand<TFloat32> centered = tf.math.sub(x, tf.reshape(a.operand("mean"), shape));
    Operand<TFloat32> y = tf.math.mul(centered, factor);
    return a.has("offset") ? tf.math.add(y, tf.reshape(a.operand("offset"), shape)) : y;
  }

  private static double epsilon(Arguments a) {
    return a.number("epsilon", EPSILON);
  }

  private static int[] axes(Arguments a, Operand<?> x) {
    return a.has("axis") ? a.axes("axis", x) : new int[] {x.shape().numDimensions() - 1};
  }

  private static Operand<TFloat32> layer(Arguments a) {
    Ops tf = a.tf();
    Operand<TFloat32> x = a.operand("x");
    int[] along = axes(a, x);
    Operand<TInt32> axes = a.constant(along);
    Operand<TFloat32> centered = tf.math.sub(x, mean(tf, x, axes, true));
    Operand<TFloat32> variance = mean(tf, tf.math.square(centered), axes, true);
    Operand<TFloat32> factor = tf.math.rsqrt(tf.math.add(variance, a.scalar(epsilon(a))));
    boolean root = a.flag("rms_scaling");
    Operand<TFloat32> y = tf.math.mul(root ? x : centered, factor);
    Operand<TFloat32> scaled = a.has("gamma") ? tf.math.mul(y, stretched(a, "gamma", x, along)) : y;
    return a.has("beta") && !root ? tf.math.add(scaled, stretched(a, "beta", x, along)) : scaled;
  }

  /** A weight along some axes of a tensor, with axes of size 1 for the others. */
  private static Operand<TFloat32> stretched(
      Arguments a, String name, Operand<TFloat32> x, int... along) {
    Operand<TFloat32> weight = a.operand(name);
    int rank = x.shape().numDimensions();
    if (weight.shape().numDimensions() == rank || (along.length == 1 && along[0] == rank - 1)) {
      return weight;
    }
    int[] sizes = new int[rank];
    Arrays.fill(sizes, 1);
    for (int axis : along) {
      sizes[axis] = a.size("axis", x, axis);
    }
    return a.tf().reshape(weight, a.constant(sizes));
  }

  private static Operand<TFloat32> rms(Arguments a) {
    Ops tf = a.tf();
    Operand<TFloat32> x = a.operand("x");
    int[] along = axes(a, x);
    Operand<TFloat32> squares = mean(tf, tf.math.square(x), a.constant(along), true);
    Operand<TFloat32> y = tf.math.mul(x, tf.math.rsqrt(tf.math.add(squares, a.scalar(epsilon(a)))));
    return a.has("scale") ? tf.math.mul(y, a.operand("scale")) : y;
  }

  /** Of (batch, steps, heads, numbers). */
  private static Operand<TFloat32> attention(Arguments a) {
    if (a.flag("flash_attention")) {
      throw a.json().refuse("flash_attention", "none, which TensorFlow does not have");
    }
    Ops tf = a.tf();
    Operand<TInt32> order = a.constant(0, 2, 1, 3);
    Operand<TFloat32> query = tf.linalg.transpose(a.operand("query"), order);
    Operand<TFloat32> key = tf.linalg.transpose(a.operand("key"), order);
    Operand<TFloat32> value = tf.linalg.transpose(a.operand("value"), order);
    if (query.shape().get(1) != key.shape().get(1)) {
      throw a.json().refuse("key", "as many heads as the query has");
    }
    int numbers = a.size("key", key, 3);
    Operand<TFloat32> scale = a.scalar(a.number("scale", 1 / Math.sqrt(numbers)));
    Operand<TFloat32> logits = tf.math.mul(BatchProduct.transposed(tf, query, key), scale);
    if (a.has("bias")) {
      logits = tf.math.add(logits, a.operand("bias"));
    }
    if (a.has("mask")) {
      logits = tf.select(a.truths("mask"), logits, tf.constant(UNSEEN));
    }
    if (a.flag("is_causal")) {
      Operand<TInt32> rows = tf.reshape(places(tf, logits, 2), tf.constant(new int[] {-1, 1}));
      Operand<TBool> past = tf.math.greaterEqual(rows, places(tf, logits, 3));
      logits = tf.select(past, logits, tf.constant(UNSEEN));
    }
    Operand<TFloat32> found = BatchProduct.of(tf, tf.nn.softmax(logits), value);
    return tf.linalg.transpose(found, order);
  }

  private static Operand<TInt32> places(Ops tf, Operand<?> x, int axis) {
    Operand<TInt32> size = tf.gather(tf.shape(x), tf.constant(axis), tf.constant(0));
    return tf.range(tf.constant(0), size, tf.constant(1));
  }
}
