package kerava.optimizers.schedules;

import java.util.Optional;
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
 * A rate that falls along half a cosine, after a rise in a straight line if asked for (Loshchilov
 * and Hutter 2016).
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/optimizers/learning_rate_schedules/cosine_decay/">Keras:
 *     CosineDecay</a>
 */
public record CosineDecay(Config config) implements Schedule {
  private static final Key<Optional<Double>> WARMUP_TARGET =
      Key.optional("warmup_target", Codec.atLeastZero());
  private static final Key<Integer> WARMUP_STEPS =
      Key.of(
          "warmup_steps",
          Codec.integer().where("a whole number of at least 0", steps -> steps >= 0),
          0);

  /** How the schedule is written and read. */
  public static final Schema<CosineDecay> SCHEMA =
      CommonArguments.schema(
          "CosineDecay",
          CosineDecay::new,
          CommonArguments.INITIAL,
          CommonArguments.STEPS,
          CommonArguments.ALPHA,
          WARMUP_TARGET,
          WARMUP_STEPS);

  /**
   * The schedule, which falls to 0.
   *
   * @param initialRate the rate at first
   * @param decaySteps how many training steps, at least 1
   * @throws IllegalArgumentException if an argument is out of range
   */
  public static CosineDecay of(double initialRate, int decaySteps) {
    return new CosineDecay(
        SCHEMA
            .config()
            .with(CommonArguments.INITIAL, initialRate)
            .with(CommonArguments.STEPS, decaySteps));
  }

  /**
   * The one-cycle policy (Smith 2017): from a 25th of a rate up to it in the first three tenths of
   * the steps, then down along a cosine to a 10,000th of where it began.
   *
   * <p>It is written as the warm-up and decay that it is, so that Keras reads it.
   *
   * @param peak the highest rate
   * @param steps all training steps, at least 2
   * @throws IllegalArgumentException if an argument is out of range
   */
  public static CosineDecay oneCycle(double peak, int steps) {
    if (steps < 2) {
      throw new IllegalArgumentException(
          "CosineDecay one cycle: expected at least 2 training steps, got " + steps + ".");
    }
    int up = Math.max(1, (int) Math.round(0.3 * steps));
    return of(peak / 25, steps - up).alpha(1 / (25 * 1e4)).warmup(peak, up);
  }

  /** The same schedule that falls to a share of the rate that it falls from; 0 by default. */
  public CosineDecay alpha(double share) {
    return new CosineDecay(config.with(CommonArguments.ALPHA, share));
  }

  /**
   * The same schedule that first rises from its initial rate in a straight line; off by default.
   *
   * @param target the rate that it rises to, and then falls from
   * @param steps how many training steps that takes; those of the decay come after them
   */
  public CosineDecay warmup(double target, int steps) {
    return new CosineDecay(
        config.with(WARMUP_TARGET, Optional.of(target)).with(WARMUP_STEPS, steps));
  }

  @Override
  public Operand<TFloat32> rate(Ops tf, Operand<TInt64> iteration) {
    Operand<TFloat32> step = tf.dtypes.cast(iteration, TFloat32.class);
    Operand<TFloat32> initial = tf.constant(config.get(CommonArguments.INITIAL).floatValue());
    if (config.get(WARMUP_TARGET).isEmpty()) {
      return decay(tf, step, initial);
    }
    Operand<TFloat32> target = tf.constant(config.get(WARMUP_TARGET).get().floatValue());
    Operand<TFloat32> up = tf.constant((float) config.get(WARMUP_STEPS));
    Operand<TFloat32> rise =
        tf.math.add(tf.math.mul(tf.math.sub(target, initial), tf.math.divNoNan(step, up)), initial);
    return tf.select(tf.math.less(step, up), rise, decay(tf, tf.math.sub(step, up), target));
  }

  @Override
  public double at(long iteration) {
    double initial = config.get(CommonArguments.INITIAL);
    double target = config.get(WARMUP_TARGET).orElse(initial);
    long up = config.get(WARMUP_TARGET).isPresent() ? config.get(WARMUP_STEPS) : 0;
    if (iteration < up) {
      return (target - initial) * iteration / up + initial;
    }
    double part = Math.min(1, (double) (iteration - up) / config.get(CommonArguments.STEPS));
    double alpha = config.get(CommonArguments.ALPHA);
    return target * ((1 - alpha) * 0.5 * (1 + Math.cos(Math.PI * part)) + alpha);
  }

  private Operand<TFloat32> decay(Ops tf, Operand<TFloat32> step, Operand<TFloat32> from) {
    Operand<TFloat32> steps = tf.constant((float) config.get(CommonArguments.STEPS));
    Operand<TFloat32> part = tf.math.div(tf.math.minimum(step, steps), steps);
    return tf.math.mul(from, Cosine.share(tf, part, config.get(CommonArguments.ALPHA)));
  }

  @Override
  public Schema<CosineDecay> schema() {
    return SCHEMA;
  }
}
