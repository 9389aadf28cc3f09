package kerava.optimizers.schedules;

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
public record InverseTimeDecay(Config config) implements StaircaseDecay<InverseTimeDecay> {
  /** How the schedule is written and read. */
  public static final Schema<InverseTimeDecay> SCHEMA =
      CommonArguments.schema(
          "InverseTimeDecay",
          InverseTimeDecay::new,
          CommonArguments.INITIAL,
          DECAY_STEPS,
          DECAY_RATE,
          STAIRCASE);

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
        CommonArguments.decay(SCHEMA.config(), initialRate, decaySteps, decayRate));
  }

  @Override
  public Operand<TFloat32> rate(Ops tf, Operand<TInt64> iteration) {
    Operand<TFloat32> decay =
        tf.math.mul(tf.constant(config.get(DECAY_RATE).floatValue()), periods(tf, iteration));
    return tf.math.div(
        tf.constant(config.get(CommonArguments.INITIAL).floatValue()),
        tf.math.add(tf.constant(1f), decay));
  }

  @Override
  public double at(long iteration) {
    return config.get(CommonArguments.INITIAL) / (1 + config.get(DECAY_RATE) * periods(iteration));
  }

  @Override
  public Schema<InverseTimeDecay> schema() {
    return SCHEMA;
  }
}
