package kerava.optimizers.schedules;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** The fall along half a cosine. */
final class Cosine {
  private Cosine() {}

  /**
   * The share that is left of a rate: from 1 to alpha.
   *
   * @param part the share of the fall that is done, from 0 to 1
   */
  static Operand<TFloat32> share(Ops tf, Operand<TFloat32> part, double alpha) {
    Operand<TFloat32> angle = tf.math.mul(tf.constant((float) Math.PI), part);
    Operand<TFloat32> fall =
        tf.math.mul(tf.constant(0.5f), tf.math.add(tf.constant(1f), tf.math.cos(angle)));
    return tf.math.add(
        tf.math.mul(tf.constant((float) (1 - alpha)), fall), tf.constant((float) alpha));
  }
}
