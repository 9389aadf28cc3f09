package kerava.constraints;

import kerava.config.Configured;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Brings a weight back into bounds after each training step.
 *
 * @see <a href="https://keras.io/api/layers/constraints/">Keras: layer weight constraints</a>
 */
public interface Constraint extends Configured {
  /**
   * Adds the operations of the projection.
   *
   * @param weight the new value of the weight
   * @return the nearest value within bounds, of the same shape
   */
  Operand<TFloat32> project(Ops tf, Operand<TFloat32> weight);
}
