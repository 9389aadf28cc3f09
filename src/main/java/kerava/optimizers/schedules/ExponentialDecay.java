package kerava.optimizers.schedules;

import kerava.config.Config;
import kerava.config.Schema;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * A rate that is multiplied by a factor every so many steps: initial · factor^(step / steps).
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/optimizers/learning_rate_schedules/exponential_decay/">Keras:
 *     ExponentialDecay</a>
 */
public record ExponentialDecay(Config config) implements StaircaseDecay<ExponentialDecay> {
  /** How the schedule is written and read. */
  public static final Schema<ExponentialDecay> SCHEMA =
      CommonArguments.schema(
          "ExponentialDecay",
          ExponentialDecay::new,
          CommonArguments.INITIAL,
          DECAY_STEPS,
          DECAY_RATE,
          STAIRCASE);

  /**
   * The schedule.
   *
   * @param initialRate the rate at first
   * @param decaySteps how many training steps, at least 1
   * @param decayRate the factor
   * @throws IllegalArgumentException if an argument is out of range
   */
  public static ExponentialDecay of(double initialRate, int decaySteps, double decayRate) {
    return new ExponentialDecay(
        CommonArguments.decay(SCHEMA.config(), initialRate, decaySteps, decayRate));
  }

  @Override
  public Operand<TFloat32> rate(Ops tf, Operand<TInt64> iteration) {
    Operand<TFloat32> decay =
        tf.math.pow(tf.constant(config.get(DECAY_RATE).floatValue()), periods(tf, iteration));
    return tf.math.mul(tf.constant(config.get(CommonArguments.INITIAL).floatValue()), decay);
  }

  @Override
  public double at(long iteration) {
    return config.get(CommonArguments.INITIAL)
        * Math.pow(config.get(DECAY_RATE), periods(iteration));
  }

  @Override
  public Schema<ExponentialDecay> schema() {
    return SCHEMA;
  }
}
