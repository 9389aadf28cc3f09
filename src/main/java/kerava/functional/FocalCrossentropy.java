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
}
