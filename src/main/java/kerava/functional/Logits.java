package kerava.functional;

import java.util.Optional;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Finds the logits behind probabilities.
 *
 * <p>Keras does the same in compiled training: where the predictions come straight from a softmax
 * or a sigmoid, cross-entropy is computed from its input. The gradient then is p − y, also where p
 * is 0 or 1.
 */
final class Logits {
  private static final float EPSILON = 1e-7f;

  private Logits() {}

  /**
   * The input of the operation that made the predictions.
   *
   * @param type the operation that turns logits into probabilities: {@code Softmax}
   * @return empty if another operation made the predictions
   */
  static Optional<Operand<TFloat32>> behind(String type, Operand<TFloat32> predictions) {
    if (predictions.op() instanceof GraphOperation op && op.type().equals(type)) {
      return Optional.of(op.input(0).asOutput().expect(TFloat32.class));
    }
    return Optional.empty();
  }

  /** Probabilities that have a finite logarithm, as Keras clips them. */
  static Operand<TFloat32> clip(Ops tf, Operand<TFloat32> probabilities) {
    return tf.clipByValue(probabilities, tf.constant(EPSILON), tf.constant(1 - EPSILON));
  }

  /**
   * The cross-entropy over the last axis.
   *
   * @param logits of shape (..., classes)
   * @param targets of the same shape
   * @return of shape (...)
   */
  static Operand<TFloat32> crossentropy(
      Ops tf, Operand<TFloat32> logits, Operand<TFloat32> targets) {
    if (logits.shape().numDimensions() == 2) {
      return tf.nn.softmaxCrossEntropyWithLogits(logits, targets).loss();
    }
    // The kernel takes matrices only.
    int classes = Axes.size(logits, -1);
    var rows = tf.constant(new int[] {-1, classes});
    var each =
        tf.nn.softmaxCrossEntropyWithLogits(tf.reshape(logits, rows), tf.reshape(targets, rows));
    int rank = logits.shape().numDimensions();
    return tf.reshape(
        each.loss(),
        tf.slice(tf.shape(logits), tf.constant(new int[] {0}), tf.constant(new int[] {rank - 1})));
  }
}
