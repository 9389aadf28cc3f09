package kerava.functional;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * How far predictions are from targets: what losses and metrics have in common.
 *
 * <p>Each function takes targets and predictions of one shape (..., n) and gives the shape (...).
 */
public final class LossFunctions {
  private static final float EPSILON = 1e-7f;

  private LossFunctions() {}

  /** The mean of the squares of the differences. */
  public static Operand<TFloat32> meanSquaredError(
      Ops tf, Operand<TFloat32> targets, Operand<TFloat32> predictions) {
    return mean(tf, tf.math.squaredDifference(predictions, targets));
  }

  /** The mean of the absolute differences. */
  public static Operand<TFloat32> meanAbsoluteError(
      Ops tf, Operand<TFloat32> targets, Operand<TFloat32> predictions) {
    return mean(tf, tf.math.abs(tf.math.sub(predictions, targets)));
  }

  /**
   * The mean of half the squares of small differences and, going on straight, of the large ones.
   *
   * @param delta the size from which on a difference is large
   */
  public static Operand<TFloat32> huber(
      Ops tf, Operand<TFloat32> targets, Operand<TFloat32> predictions, float delta) {
    Operand<TFloat32> size = tf.math.abs(tf.math.sub(predictions, targets));
    Operand<TFloat32> limit = tf.constant(delta);
    Operand<TFloat32> half = tf.constant(0.5f);
    Operand<TFloat32> curved = tf.math.mul(half, tf.math.mul(size, size));
    Operand<TFloat32> straight =
        tf.math.sub(tf.math.mul(limit, size), tf.constant(0.5f * delta * delta));
    return mean(tf, tf.select(tf.math.lessEqual(size, limit), curved, straight));
  }

  /** The mean of the logarithms of the hyperbolic cosines of the differences. */
  public static Operand<TFloat32> logCosh(
      Ops tf, Operand<TFloat32> targets, Operand<TFloat32> predictions) {
    Operand<TFloat32> x = tf.math.sub(predictions, targets);
    Operand<TFloat32> soft = tf.math.softplus(tf.math.mul(x, tf.constant(-2f)));
    return mean(tf, tf.math.sub(tf.math.add(x, soft), tf.constant((float) Math.log(2))));
  }

  /** The mean of ŷ − y log ŷ. */
  public static Operand<TFloat32> poisson(
      Ops tf, Operand<TFloat32> targets, Operand<TFloat32> predictions) {
    Operand<TFloat32> log = tf.math.log(tf.math.add(predictions, tf.constant(EPSILON)));
    return mean(tf, tf.math.sub(predictions, tf.math.mul(targets, log)));
  }

  /** The sum of y log(y / ŷ), both clipped to [1e-7, 1]. */
  public static Operand<TFloat32> klDivergence(
      Ops tf, Operand<TFloat32> targets, Operand<TFloat32> predictions) {
    Operand<TFloat32> y = tf.clipByValue(targets, tf.constant(EPSILON), tf.constant(1f));
    Operand<TFloat32> p = tf.clipByValue(predictions, tf.constant(EPSILON), tf.constant(1f));
    return tf.reduceSum(tf.math.mul(y, tf.math.log(tf.math.div(y, p))), tf.constant(-1));
  }

  /** By how much the best wrong class is less than 1 below the right one, for one-hot targets. */
  public static Operand<TFloat32> categoricalHinge(
      Ops tf, Operand<TFloat32> targets, Operand<TFloat32> predictions) {
    Operand<TFloat32> right = tf.reduceSum(tf.math.mul(targets, predictions), tf.constant(-1));
    Operand<TFloat32> others = tf.math.mul(tf.math.sub(tf.constant(1f), targets), predictions);
    Operand<TFloat32> wrong = tf.reduceMax(others, tf.constant(-1));
    return tf.nn.relu(tf.math.add(tf.math.sub(wrong, right), tf.constant(1f)));
  }

  /** The mean of the absolute differences as percentages of the targets. */
  public static Operand<TFloat32> meanAbsolutePercentageError(
      Ops tf, Operand<TFloat32> targets, Operand<TFloat32> predictions) {
    Operand<TFloat32> whole = tf.math.maximum(tf.math.abs(targets), tf.constant(EPSILON));
    Operand<TFloat32> share = tf.math.div(tf.math.sub(targets, predictions), whole);
    return tf.math.mul(mean(tf, tf.math.abs(share)), tf.constant(100f));
  }

  /** The mean of the squares of the differences of log(1 + x), x being at least 1e-7. */
  public static Operand<TFloat32> meanSquaredLogarithmicError(
      Ops tf, Operand<TFloat32> targets, Operand<TFloat32> predictions) {
    return mean(tf, tf.math.squaredDifference(logarithm(tf, predictions), logarithm(tf, targets)));
  }

  private static Operand<TFloat32> logarithm(Ops tf, Operand<TFloat32> x) {
    Operand<TFloat32> positive = tf.math.maximum(x, tf.constant(EPSILON));
    return tf.math.log(tf.math.add(positive, tf.constant(1f)));
  }

  /** The mean of how far y ŷ is below 1, for targets of −1 and 1; see {@link #signs}. */
  public static Operand<TFloat32> hinge(
      Ops tf, Operand<TFloat32> targets, Operand<TFloat32> predictions) {
    return mean(tf, belowOne(tf, targets, predictions));
  }

  /** The mean of the squares of how far y ŷ is below 1, for targets of −1 and 1. */
  public static Operand<TFloat32> squaredHinge(
      Ops tf, Operand<TFloat32> targets, Operand<TFloat32> predictions) {
    return mean(tf, tf.math.square(belowOne(tf, targets, predictions)));
  }

  private static Operand<TFloat32> belowOne(
      Ops tf, Operand<TFloat32> targets, Operand<TFloat32> predictions) {
    Operand<TFloat32> agreement = tf.math.mul(signs(tf, targets), predictions);
    return tf.math.maximum(tf.math.sub(tf.constant(1f), agreement), tf.constant(0f));
  }

  /** Targets of −1 and 1: where all of them are 0 or 1, each 0 becomes −1. */
  public static Operand<TFloat32> signs(Ops tf, Operand<TFloat32> targets) {
    Operand<TBool> zeros = tf.math.equal(targets, tf.constant(0f));
    Operand<TBool> ones = tf.math.equal(targets, tf.constant(1f));
    Operand<TInt32> axes = tf.range(tf.constant(0), tf.rank(targets), tf.constant(1));
    Operand<TBool> binary = tf.reduceAll(tf.math.logicalOr(zeros, ones), axes);
    Operand<TFloat32> moved = tf.math.sub(tf.math.mul(targets, tf.constant(2f)), tf.constant(1f));
    return tf.select(binary, moved, targets);
  }

  /** The cosine of the angle between targets and predictions along the last axis. */
  public static Operand<TFloat32> cosineSimilarity(
      Ops tf, Operand<TFloat32> targets, Operand<TFloat32> predictions) {
    return tf.reduceSum(
        tf.math.mul(normalized(tf, targets), normalized(tf, predictions)), tf.constant(-1));
  }

  private static Operand<TFloat32> normalized(Ops tf, Operand<TFloat32> values) {
    Operand<TFloat32> squares =
        tf.reduceSum(tf.math.mul(values, values), tf.constant(-1), ReduceSum.keepDims(true));
    return tf.math.mul(
        values, tf.math.rsqrt(tf.math.maximum(squares, tf.constant(EPSILON * EPSILON))));
  }

  private static Operand<TFloat32> mean(Ops tf, Operand<TFloat32> values) {
    return tf.math.mean(values, tf.constant(-1));
  }
}
