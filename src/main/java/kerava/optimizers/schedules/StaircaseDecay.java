package kerava.optimizers.schedules;

import kerava.Schedule;
import kerava.config.Codec;
import kerava.config.Key;
import kerava.config.Schema;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * A rate that falls with the number of decay periods, which may count in full ones only: Keras'
 * {@code decay_steps}, {@code decay_rate} and {@code staircase}.
 *
 * @param <S> the class of the schedule
 * @see <a href="https://keras.io/api/optimizers/learning_rate_schedules/exponential_decay/">Keras:
 *     ExponentialDecay</a>
 */
public interface StaircaseDecay<S extends Schedule> extends Schedule {
  /** The key of how many training steps a period has. */
  Key<Integer> DECAY_STEPS = Key.required("decay_steps", Codec.positive());

  /** The key of by how much the rate falls in a period. */
  Key<Double> DECAY_RATE = Key.required("decay_rate", Codec.atLeastZero());

  /** The key of whether only full periods count. */
  Key<Boolean> STAIRCASE = Key.of("staircase", Codec.bool(), false);

  @Override
  Schema<S> schema();

  /** The same schedule that changes only after each full number of steps; off by default. */
  default S staircase(boolean staircase) {
    return schema().create(config().with(STAIRCASE, staircase));
  }

  /**
   * Adds the operations of how many periods are over.
   *
   * @param iteration how many training steps were done; a scalar
   * @return a scalar
   */
  default Operand<TFloat32> periods(Ops tf, Operand<TInt64> iteration) {
    float steps = config().get(DECAY_STEPS);
    Operand<TFloat32> periods =
        tf.math.div(tf.dtypes.cast(iteration, TFloat32.class), tf.constant(steps));
    return config().get(STAIRCASE) ? tf.math.floor(periods) : periods;
  }

  /** How many periods are over, on the host. */
  default double periods(long iteration) {
    double periods = (double) iteration / config().get(DECAY_STEPS);
    return config().get(STAIRCASE) ? Math.floor(periods) : periods;
  }
}
