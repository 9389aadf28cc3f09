package kerava.losses;

import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Finds the logits behind probabilities. */
final class Logits {
  private static final float EPSILON = 1e-7f;

  private Logits() {}

  /**
   * The input of the softmax that made the probabilities, or else their logarithm after clipping.
   *
   * <p>Keras does the same in compiled training: the gradient then is p − y, also where p is 0 or
   * 1.
   */
  static Operand<TFloat32> of(Ops tf, Operand<TFloat32> probabilities) {
    if (probabilities.op() instanceof GraphOperation op && op.type().equals("Softmax")) {
      return op.input(0).asOutput().expect(TFloat32.class);
    }
    return tf.math.log(
        tf.clipByValue(probabilities, tf.constant(EPSILON), tf.constant(1 - EPSILON)));
  }
}
