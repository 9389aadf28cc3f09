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
 * A rate that falls along half a cosine, again and again (Loshchilov and Hutter 2016).
 *
 * @param config the arguments
 * @see <a
 *     href="https://keras.io/api/optimizers/learning_rate_schedules/cosine_decay_restarts/">Keras:
 *     CosineDecayRestarts</a>
 */
public record CosineDecayRestarts(Config config) implements Schedule {
  private static final Key<Integer> FIRST = Key.required("first_decay_steps", Codec.positive());
  private static final Key<Double> T_MUL =
      Key.of("t_mul", Codec.number().where("a number of at least 1", factor -> factor >= 1), 2.0);
  private static final Key<Double> M_MUL = Key.of("m_mul", Codec.atLeastZero(), 1.0);

  /** How the schedule is written and read. */
  public static final Schema<CosineDecayRestarts> SCHEMA =
      CommonArguments.schema(
          "CosineDecayRestarts",
          CosineDecayRestarts::new,
          CommonArguments.name("SGDRDecay"),
          CommonArguments.INITIAL,
          FIRST,
          T_MUL,
          M_MUL,
          CommonArguments.ALPHA);

  /**
   * The schedule, in which each fall takes twice the steps of the one before.
   *
   * @param initialRate the rate at first
   * @param firstDecaySteps how many training steps the first fall takes, at least 1
   * @throws IllegalArgumentException if an argument is out of range
   */
  public static CosineDecayRestarts of(double initialRate, int firstDecaySteps) {
    return new CosineDecayRestarts(
        SCHEMA.config().with(CommonArguments.INITIAL, initialRate).with(FIRST, firstDecaySteps));
  }

  /**
   * The same schedule whose falls get longer and lower by other factors.
   *
   * @param steps by what the steps of each fall are multiplied, at least 1; 2 by default
   * @param rate by what the rate that each fall begins with is multiplied; 1 by default
   */
  public CosineDecayRestarts factors(double steps, double rate) {
    return new CosineDecayRestarts(config.with(T_MUL, steps).with(M_MUL, rate));
  }

  /** The same schedule that falls to a share of the initial rate; 0 by default. */
  public CosineDecayRestarts alpha(double share) {
    return new CosineDecayRestarts(config.with(CommonArguments.ALPHA, share));
  }

  @Override
  public Operand<TFloat32> rate(Ops tf, Operand<TInt64> iteration) {
    Operand<TFloat32> part =
        tf.math.div(
            tf.dtypes.cast(iteration, TFloat32.class), tf.constant((float) config.get(FIRST)));
    Operand<TFloat32> restart = restart(tf, part);
    Operand<TFloat32> within = within(tf, part, restart);
    Operand<TFloat32> lower = tf.math.pow(tf.constant(config.get(M_MUL).floatValue()), restart);
    Operand<TFloat32> alpha = tf.constant(config.get(CommonArguments.ALPHA).floatValue());
    Operand<TFloat32> share =
        tf.math.add(
            tf.math.mul(
                tf.math.sub(tf.constant(1f), alpha),
                tf.math.mul(lower, Cosine.share(tf, within, 0))),
            alpha);
    return tf.math.mul(tf.constant(config.get(CommonArguments.INITIAL).floatValue()), share);
  }

  @Override
  public double at(long iteration) {
    // In single precision, as in the graph: a restart must not come a step earlier or later.
    float part = (float) iteration / config.get(FIRST);
    float factor = config.get(T_MUL).floatValue();
    float restart = (float) Math.floor(part);
    float within = part - restart;
    if (factor != 1) {
      float grown = 1 - part * (1 - factor);
      restart = (float) Math.floor((float) Math.log(grown) / (float) Math.log(factor));
      float length = (float) Math.pow(factor, restart);
      within = (part - (1 - length) / (1 - factor)) / length;
    }
    double alpha = config.get(CommonArguments.ALPHA);
    double lower = Math.pow(config.get(M_MUL), restart);
    double share = (1 - alpha) * 0.5 * lower * (1 + Math.cos(Math.PI * within)) + alpha;
    return config.get(CommonArguments.INITIAL) * share;
  }

  /** How many falls were finished. */
  private Operand<TFloat32> restart(Ops tf, Operand<TFloat32> part) {
    float factor = config.get(T_MUL).floatValue();
    if (factor == 1) {
      return tf.math.floor(part);
    }
    Operand<TFloat32> grown =
        tf.math.sub(tf.constant(1f), tf.math.mul(part, tf.constant(1 - factor)));
    return tf.math.floor(tf.math.div(tf.math.log(grown), tf.math.log(tf.constant(factor))));
  }

  /** The share of the present fall that is done. */
  private Operand<TFloat32> within(Ops tf, Operand<TFloat32> part, Operand<TFloat32> restart) {
    float factor = config.get(T_MUL).floatValue();
    if (factor == 1) {
      return tf.math.sub(part, restart);
    }
    Operand<TFloat32> length = tf.math.pow(tf.constant(factor), restart);
    Operand<TFloat32> before =
        tf.math.div(tf.math.sub(tf.constant(1f), length), tf.constant(1 - factor));
    return tf.math.div(tf.math.sub(part, before), length);
  }

  @Override
  public Schema<CosineDecayRestarts> schema() {
    return SCHEMA;
  }
}
