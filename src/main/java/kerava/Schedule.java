package kerava;

import kerava.config.Configured;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * A learning rate that follows from the number of training steps done.
 *
 * @see <a href="https://keras.io/api/optimizers/learning_rate_schedules/">Keras: learning rate
 *     schedules</a>
 */
public interface Schedule extends Configured {
  /**
   * Adds the operations of the rate.
   *
   * @param iteration how many steps were done before this one; a scalar
   * @return a scalar
   */
  Operand<TFloat32> rate(Ops tf, Operand<TInt64> iteration);

  /**
   * The rate, on the host.
   *
   * @param iteration how many steps were done before
   */
  double at(long iteration);
}
