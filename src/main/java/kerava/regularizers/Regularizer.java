package kerava.regularizers;

import kerava.config.Configured;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * A penalty on the size of numbers, which is added to the loss.
 *
 * @see <a href="https://keras.io/api/layers/regularizers/">Keras: layer weight regularizers</a>
 */
public interface Regularizer extends Configured {
  /**
   * Adds the operations of the penalty.
   *
   * @param values any shape
   * @return a scalar
   */
  Operand<TFloat32> penalty(Ops tf, Operand<TFloat32> values);
}
