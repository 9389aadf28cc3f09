package kerava.functional;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.math.Mean;
import org.tensorflow.types.TFloat32;

/**
 * How targets and predictions of one shape go together along axes.
 *
 * @param axes the axes, from the front or, negative, from the back
 */
public record Correlation(List<Integer> axes) {
  private static final float EPSILON = 1e-7f;

  /** Keeps the axes as they are now. */
  public Correlation {
    axes = List.copyOf(axes);
  }

  /**
   * Pearson's coefficient.
   *
   * @return of the same shape without the axes
   */
  public Operand<TFloat32> pearson(
      Ops tf, Operand<TFloat32> targets, Operand<TFloat32> predictions) {
    return mean(tf, tf.math.mul(standard(tf, targets), standard(tf, predictions)), false);
  }

  /**
   * Lin's concordance coefficient, as Keras computes it.
   *
   * @return of the same shape without the axes
   */
  public Operand<TFloat32> concordance(
      Ops tf, Operand<TFloat32> targets, Operand<TFloat32> predictions) {
    Operand<TFloat32> y = mean(tf, targets, true);
    Operand<TFloat32> p = mean(tf, predictions, true);
    // Keras takes the mean of the predictions from both.
    Operand<TFloat32> both = tf.math.mul(tf.math.sub(targets, p), tf.math.sub(predictions, p));
    Operand<TFloat32> spread =
        tf.math.add(
            tf.math.add(variance(tf, targets), variance(tf, predictions)),
            tf.math.squaredDifference(y, p));
    return mean(
        tf,
        tf.math.div(tf.math.mul(tf.constant(2f), both), tf.math.add(spread, tf.constant(EPSILON))),
        false);
  }

  private Operand<TFloat32> standard(Ops tf, Operand<TFloat32> values) {
    return tf.math.div(
        tf.math.sub(values, mean(tf, values, true)), tf.math.sqrt(variance(tf, values)));
  }

  private Operand<TFloat32> variance(Ops tf, Operand<TFloat32> values) {
    return mean(tf, tf.math.squaredDifference(values, mean(tf, values, true)), true);
  }

  private Operand<TFloat32> mean(Ops tf, Operand<TFloat32> values, boolean keepDims) {
    int[] all = axes.stream().mapToInt(Integer::intValue).toArray();
    return tf.math.mean(values, tf.constant(all), Mean.keepDims(keepDims));
  }
}
