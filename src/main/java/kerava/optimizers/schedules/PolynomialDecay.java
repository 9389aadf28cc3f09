package kerava.optimizers.schedules;

import kerava.Schedule;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * A rate that falls from one number to another along a power: (initial − end) · (1 − step /
 * steps)^power + end; it then stays, or starts again.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/optimizers/learning_rate_schedules/polynomial_decay/">Keras:
 *     PolynomialDecay</a>
 */
public record PolynomialDecay(Config config) implements Schedule {
  private static final Key<Double> END = Key.of("end_learning_rate", Codec.atLeastZero(), 0.0001);
  private static final Key<Double> POWER = Key.of("power", Codec.atLeastZero(), 1.0);
  private static final Key<Boolean> CYCLE = Key.of("cycle", Codec.bool(), false);

  /** How the schedule is written and read. */
  public static final Schema<PolynomialDecay> SCHEMA =
      CommonArguments.schema(
          "PolynomialDecay",
          PolynomialDecay::new,
          CommonArguments.INITIAL,
          CommonArguments.STEPS,
          END,
          POWER,
          CYCLE);

  /**
   * The schedule, which falls to 0.0001 in a straight line.
   *
   * @param initialRate the rate at first
   * @param decaySteps how many training steps, at least 1
   * @throws IllegalArgumentException if an argument is out of range
   */
  public static PolynomialDecay of(double initialRate, int decaySteps) {
    return new PolynomialDecay(
        SCHEMA
            .config()
            .with(CommonArguments.INITIAL, initialRate)
            .with(CommonArguments.STEPS, decaySteps));
  }

  /** The same schedule that falls to another rate; 0.0001 by default. */
  public PolynomialDecay endRate(double rate) {
    return new PolynomialDecay(config.with(END, rate));
  }

  /** The same schedule along another power; 1, a straight line, by default. */
  public PolynomialDecay power(double power) {
    return new PolynomialDecay(config.with(POWER, power));
  }

  /**
   * The same schedule that, at its end, takes twice, three times, … as many steps as it goes; off
   * by default.
   */
  public PolynomialDecay cycle(boolean cycle) {
    return new PolynomialDecay(config.with(CYCLE, cycle));
  }

  @Override
  public Operand<TFloat32> rate(Ops tf, Operand<TInt64> iteration) {
    Operand<TFloat32> step = tf.dtypes.cast(iteration, TFloat32.class);
    Operand<TFloat32> steps = tf.constant((float) config.get(CommonArguments.STEPS));
    Operand<TFloat32> part =
        config.get(CYCLE)
            ? tf.math.div(step, tf.math.mul(steps, rounds(tf, tf.math.div(step, steps))))
            : tf.math.div(tf.math.minimum(step, steps), steps);
    Operand<TFloat32> left =
        tf.math.pow(
            tf.math.sub(tf.constant(1f), part), tf.constant(config.get(POWER).floatValue()));
    Operand<TFloat32> end = tf.constant(config.get(END).floatValue());
    Operand<TFloat32> initial = tf.constant(config.get(CommonArguments.INITIAL).floatValue());
    return tf.math.add(tf.math.mul(tf.math.sub(initial, end), left), end);
  }

  @Override
  public double at(long iteration) {
    double part = (double) iteration / config.get(CommonArguments.STEPS);
    double done = config.get(CYCLE) ? part / Math.max(1, Math.ceil(part)) : Math.min(part, 1);
    double end = config.get(END);
    return (config.get(CommonArguments.INITIAL) - end) * Math.pow(1 - done, config.get(POWER))
        + end;
  }

  private static Operand<TFloat32> rounds(Ops tf, Operand<TFloat32> part) {
    return tf.math.maximum(tf.constant(1f), tf.math.ceil(part));
  }

  @Override
  public Schema<PolynomialDecay> schema() {
    return SCHEMA;
  }
}
