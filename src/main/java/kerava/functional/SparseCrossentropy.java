package kerava.functional;

import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * The cross-entropy of class numbers with predictions: what the loss and the metric of that name
 * compute for each sample.
 *
 * @param fromLogits whether predictions are logits and not probabilities
 * @param ignoredClass a class number whose samples have a loss of 0, if there is one
 */
public record SparseCrossentropy(boolean fromLogits, Optional<Integer> ignoredClass) {
  /**
   * The cross-entropies.
   *
   * @param classes of shape (...)
   * @param predictions of shape (..., classes)
   * @return of shape (...)
   */
  public Operand<TFloat32> of(Ops tf, Operand<TInt32> classes, Operand<TFloat32> predictions) {
    if (ignoredClass.isEmpty()) {
      return all(tf, classes, predictions);
    }
    Operand<TBool> counted = counted(tf, classes);
    Operand<TFloat32> kept =
        tf.select(tf.expandDims(counted, tf.constant(-1)), predictions, tf.zerosLike(predictions));
    Operand<TFloat32> losses = all(tf, tf.select(counted, classes, tf.zerosLike(classes)), kept);
    return tf.select(counted, losses, tf.zerosLike(losses));
  }

  /**
   * Which samples are not of the ignored class.
   *
   * @param classes of shape (...)
   * @return of the same shape
   */
  public Operand<TBool> counted(Ops tf, Operand<TInt32> classes) {
    Operand<TInt32> ignored = ignoredClass.<Operand<TInt32>>map(tf::constant).orElseThrow();
    return tf.math.notEqual(classes, ignored);
  }

  private Operand<TFloat32> all(Ops tf, Operand<TInt32> classes, Operand<TFloat32> predictions) {
    Operand<TFloat32> logits =
        Logits.behind("Softmax", predictions)
            .orElseGet(() -> fromLogits ? predictions : tf.math.log(Logits.clip(tf, predictions)));
    Operand<TFloat32> oneHot =
        tf.oneHot(classes, tf.constant(Axes.size(logits, -1)), tf.constant(1f), tf.constant(0f));
    return Logits.crossentropy(tf, logits, oneHot);
  }
}
