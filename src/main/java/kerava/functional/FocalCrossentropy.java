package kerava.functional;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Cross-entropy that is scaled by α(1 − p)^γ where the right class has probability p, so that easy
 * samples count less (Lin et al. 2017).
 *
 * @param base the cross-entropy that is scaled
 * @param alpha α
 * @param gamma γ
 */
public record FocalCrossentropy(Crossentropy base, double alpha, double gamma) {
  /**
   * The scaled cross-entropy of distributions over several classes.
   *
   * @param targets of shape (..., classes)
   * @param predictions of the same shape
   * @return of the same shape without the axis of the classes
   */
  public Operand<TFloat32> categorical(
      Ops tf, Operand<TFloat32> targets, Operand<TFloat32> predictions) {
    Operand<TFloat32> last = Axes.toEnd(tf, predictions, base.axis());
    Operand<TFloat32> p =
        Crossentropy.probabilities(tf, base.fromLogits() ? tf.nn.softmax(last) : last);
    Operand<TFloat32> easy =
        tf.math.pow(tf.math.sub(tf.constant(1f), p), tf.constant((float) gamma));
    Operand<TFloat32> each =
        tf.math.mul(
            tf.math.mul(easy, tf.constant((float) alpha)),
            tf.math.mul(base.distributions(tf, targets), tf.math.log(p)));
    return tf.math.neg(tf.reduceSum(each, tf.constant(-1)));
  }

  /**
   * The mean over an axis of the scaled cross-entropies of single probabilities.
   *
   * @param targets numbers from 0 to 1
   * @param predictions of the same shape
   * @param balanced whether α scales targets of 1, and 1 − α those of 0; else nothing does
   * @return of the same shape without the axis
   */
  public Operand<TFloat32> binary(
      Ops tf, Operand<TFloat32> targets, Operand<TFloat32> predictions, boolean balanced) {
    Operand<TFloat32> y = base.chances(tf, targets);
    Operand<TFloat32> p = base.fromLogits() ? tf.math.sigmoid(predictions) : predictions;
    Crossentropy ofChances = new Crossentropy(false, 0, base.axis());
    Operand<TFloat32> hard =
        tf.math.pow(tf.math.sub(tf.constant(1f), mixed(tf, y, p)), tf.constant((float) gamma));
    Operand<TFloat32> each = tf.math.mul(hard, ofChances.eachBinary(tf, y, p));
    Operand<TFloat32> scaled =
        balanced ? tf.math.mul(mixed(tf, y, tf.constant((float) alpha)), each) : each;
    return tf.math.mean(scaled, tf.constant(base.axis()));
  }

  /** Of x the share y, and of 1 − x the rest. */
  private static Operand<TFloat32> mixed(Ops tf, Operand<TFloat32> y, Operand<TFloat32> x) {
    Operand<TFloat32> one = tf.constant(1f);
    Operand<TFloat32> rest = tf.math.mul(tf.math.sub(one, y), tf.math.sub(one, x));
    return tf.math.add(tf.math.mul(y, x), rest);
  }
}
