package kerava.optimizers.schedules;

import kerava.Schedule;
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
public record ExponentialDecay(Config config) implements Schedule {

  /** How the schedule is written and read. */
  public static final Schema<ExponentialDecay> SCHEMA =
      CommonArguments.schema(
          "ExponentialDecay",
          ExponentialDecay::new,
          CommonArguments.INITIAL,
          CommonArguments.STEPS,
          CommonArguments.RATE,
          CommonArguments.STAIRCASE);

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
        SCHEMA
            .config()
            .with(CommonArguments.INITIAL, initialRate)
            .with(CommonArguments.STEPS, decaySteps)
            .with(CommonArguments.RATE, decayRate));
  }

  /** The same schedule that changes only after each full number of steps; off by default. */
  public ExponentialDecay staircase(boolean staircase) {
    return new ExponentialDecay(config.with(CommonArguments.STAIRCASE, staircase));
  }

  @Override
  public Operand<TFloat32> rate(Ops tf, Operand<TInt64> iteration) {
    float steps = config.get(CommonArguments.STEPS);
    Operand<TFloat32> part =
        tf.math.div(tf.dtypes.cast(iteration, TFloat32.class), tf.constant(steps));
    Operand<TFloat32> counted = config.get(CommonArguments.STAIRCASE) ? tf.math.floor(part) : part;
    Operand<TFloat32> decay =
        tf.math.pow(tf.constant(config.get(CommonArguments.RATE).floatValue()), counted);
    return tf.math.mul(tf.constant(config.get(CommonArguments.INITIAL).floatValue()), decay);
  }

  @Override
  public double at(long iteration) {
    double part = (double) iteration / config.get(CommonArguments.STEPS);
    double counted = config.get(CommonArguments.STAIRCASE) ? Math.floor(part) : part;
    return config.get(CommonArguments.INITIAL)
        * Math.pow(config.get(CommonArguments.RATE), counted);
  }

  @Override
  public Schema<ExponentialDecay> schema() {
    return SCHEMA;
  }
}
