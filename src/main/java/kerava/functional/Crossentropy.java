package kerava.functional;

import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;

/**
 * The cross-entropy of target distributions with predictions: what the losses and the metrics of
 * that name compute for each sample.
 *
 * @param fromLogits whether predictions are logits and not probabilities
 * @param labelSmoothing the share of each target that is spread evenly, from 0 to 1
 * @param axis the axis of the classes
 */
public record Crossentropy(boolean fromLogits, double labelSmoothing, int axis) {
  /**
   * The cross-entropy of distributions over several classes.
   *
   * @param targets of shape (..., classes)
   * @param predictions of the same shape
   * @return of the same shape without the axis of the classes
   */
  public Operand<TFloat32> categorical(
      Ops tf, Operand<TFloat32> targets, Operand<TFloat32> predictions) {
    Operand<TFloat32> smooth = distributions(tf, targets);
    Optional<Operand<TFloat32>> logits = logits("Softmax", predictions);
    if (logits.isPresent()) {
      return Logits.crossentropy(tf, Axes.toEnd(tf, logits.get(), axis), smooth);
    }
    Operand<TFloat32> clipped = probabilities(tf, Axes.toEnd(tf, predictions, axis));
    return tf.math.neg(tf.reduceSum(tf.math.mul(smooth, tf.math.log(clipped)), tf.constant(-1)));
  }

  /**
   * The mean over an axis of the cross-entropies of single probabilities.
   *
   * @param targets numbers from 0 to 1
   * @param predictions of the same shape
   * @return of the same shape without the axis
   */
  public Operand<TFloat32> binary(
      Ops tf, Operand<TFloat32> targets, Operand<TFloat32> predictions) {
    Operand<TFloat32> each = eachBinary(tf, chances(tf, targets), predictions);
    return tf.math.mean(each, tf.constant(axis));
  }

  /** Targets from 0 to 1, smoothed. */
  Operand<TFloat32> chances(Ops tf, Operand<TFloat32> targets) {
    return smooth(tf, targets, 0.5);
  }

  /** The cross-entropy of each single probability, with targets that are smoothed already. */
  Operand<TFloat32> eachBinary(Ops tf, Operand<TFloat32> smooth, Operand<TFloat32> predictions) {
    return logits("Sigmoid", predictions)
        .map(logits -> binaryFromLogits(tf, smooth, logits))
        .orElseGet(() -> binaryFromProbabilities(tf, smooth, Logits.clip(tf, predictions)));
  }

  // max(x, 0) − xz + log(1 + exp(−|x|)); the choice by x ≥ 0 keeps the gradient right at 0, where
  // those of max and |x| are not.
  private static Operand<TFloat32> binaryFromLogits(
      Ops tf, Operand<TFloat32> targets, Operand<TFloat32> x) {
    Operand<TBool> positive = tf.math.greaterEqual(x, tf.zerosLike(x));
    Operand<TFloat32> most = tf.select(positive, x, tf.zerosLike(x));
    Operand<TFloat32> negative = tf.select(positive, tf.math.neg(x), x);
    return tf.math.add(tf.math.sub(most, tf.math.mul(x, targets)), tf.math.softplus(negative));
  }

  private static Operand<TFloat32> binaryFromProbabilities(
      Ops tf, Operand<TFloat32> targets, Operand<TFloat32> p) {
    Operand<TFloat32> one = tf.constant(1f);
    Operand<TFloat32> yes = tf.math.mul(targets, tf.math.log(p));
    Operand<TFloat32> no = tf.math.mul(tf.math.sub(one, targets), tf.math.log(tf.math.sub(one, p)));
    return tf.math.neg(tf.math.add(yes, no));
  }

  /** Targets, smoothed, with the axis of the classes at the end. */
  Operand<TFloat32> distributions(Ops tf, Operand<TFloat32> targets) {
    return Axes.toEnd(tf, smooth(tf, targets, 1.0 / Axes.size(targets, -1)), axis);
  }

  private Optional<Operand<TFloat32>> logits(String type, Operand<TFloat32> predictions) {
    Optional<Operand<TFloat32>> behind = Logits.behind(type, predictions);
    return behind.isPresent() || !fromLogits ? behind : Optional.of(predictions);
  }

  private Operand<TFloat32> smooth(Ops tf, Operand<TFloat32> targets, double each) {
    if (labelSmoothing == 0) {
      return targets;
    }
    return tf.math.add(
        tf.math.mul(targets, tf.constant((float) (1 - labelSmoothing))),
        tf.constant((float) (labelSmoothing * each)));
  }

  /** Probabilities over the last axis, made to add up to 1 and clipped. */
  static Operand<TFloat32> probabilities(Ops tf, Operand<TFloat32> predictions) {
    Operand<TFloat32> sum = tf.reduceSum(predictions, tf.constant(-1), ReduceSum.keepDims(true));
    return Logits.clip(tf, tf.math.div(predictions, sum));
  }
}
