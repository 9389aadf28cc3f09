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
      Keys.schema(
          "InverseTimeDecay",
          InverseTimeDecay::new,
          Keys.INITIAL,
          Keys.STEPS,
          Keys.RATE,
          Keys.STAIRCASE);

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
            .with(Keys.INITIAL, initialRate)
            .with(Keys.STEPS, decaySteps)
            .with(Keys.RATE, decayRate));
  }

  /** The same schedule that changes only after each full number of steps; off by default. */
  public InverseTimeDecay staircase(boolean staircase) {
    return new InverseTimeDecay(config.with(Keys.STAIRCASE, staircase));
  }

  @Override
  public Operand<TFloat32> rate(Ops tf, Operand<TInt64> iteration) {
    float steps = config.get(Keys.STEPS);
    Operand<TFloat32> part =
        tf.math.div(tf.dtypes.cast(iteration, TFloat32.class), tf.constant(steps));
    Operand<TFloat32> counted = config.get(Keys.STAIRCASE) ? tf.math.floor(part) : part;
    Operand<TFloat32> decay = tf.math.mul(tf.constant(config.get(Keys.RATE).floatValue()), counted);
    return tf.math.div(
        tf.constant(config.get(Keys.INITIAL).floatValue()), tf.math.add(tf.constant(1f), decay));
  }

  @Override
  public double at(long iteration) {
    double part = (double) iteration / config.get(Keys.STEPS);
    double counted = config.get(Keys.STAIRCASE) ? Math.floor(part) : part;
    return config.get(Keys.INITIAL) / (1 + config.get(Keys.RATE) * counted);
  }

  @Override
  public Schema<InverseTimeDecay> schema() {
    return SCHEMA;
  }
}
