package kerava.optimizers.schedules;

import kerava.Schedule;
import kerava.config.Config;
import kerava.config.Schema;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * A rate that falls like 1 / time: initial / (1 + decay · step / steps).
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/optimizers/learning_rate_schedules/inverse_time_decay/">Keras:
 *     InverseTimeDecay</a>
 */
public record InverseTimeDecay(Config config) implements Schedule {

  /** How the schedule is written and read. */
  public static final Schema<InverseTimeDecay> SCHEMA =
      CommonArguments.schema(
          "InverseTimeDecay",
          InverseTimeDecay::new,
          CommonArguments.INITIAL,
          CommonArguments.STEPS,
          CommonArguments.RATE,
          CommonArguments.STAIRCASE);

  /**
   * The schedule.
   *
   * @param initialRate the rate at first
   * @param decaySteps how many training steps, at least 1
   * @param decayRate the decay
   * @throws IllegalArgumentException if an argument is out of range
   */
  public static InverseTimeDecay of(double initialRate, int decaySteps, double decayRate) {
    return new InverseTimeDecay(
        SCHEMA
            .config()
            .with(CommonArguments.INITIAL, initialRate)
            .with(CommonArguments.STEPS, decaySteps)
            .with(CommonArguments.RATE, decayRate));
  }

  /** The same schedule that changes only after each full number of steps; off by default. */
  public InverseTimeDecay staircase(boolean staircase) {
    return new InverseTimeDecay(config.with(CommonArguments.STAIRCASE, staircase));
  }

  @Override
  public Operand<TFloat32> rate(Ops tf, Operand<TInt64> iteration) {
    float steps = config.get(CommonArguments.STEPS);
    Operand<TFloat32> part =
        tf.math.div(tf.dtypes.cast(iteration, TFloat32.class), tf.constant(steps));
    Operand<TFloat32> counted = config.get(CommonArguments.STAIRCASE) ? tf.math.floor(part) : part;
    Operand<TFloat32> decay =
        tf.math.mul(tf.constant(config.get(CommonArguments.RATE).floatValue()), counted);
    return tf.math.div(
        tf.constant(config.get(CommonArguments.INITIAL).floatValue()),
        tf.math.add(tf.constant(1f), decay));
  }

  @Override
  public double at(long iteration) {
    double part = (double) iteration / config.get(CommonArguments.STEPS);
    double counted = config.get(CommonArguments.STAIRCASE) ? Math.floor(part) : part;
    return config.get(CommonArguments.INITIAL) / (1 + config.get(CommonArguments.RATE) * counted);
  }

  @Override
  public Schema<InverseTimeDecay> schema() {
    return SCHEMA;
  }
}
