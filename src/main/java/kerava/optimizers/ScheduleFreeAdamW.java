package kerava.optimizers;

import java.util.List;
import kerava.LearningRate;
import kerava.Optimizer;
import kerava.Slot;
import kerava.Update;
import kerava.WeightSpec;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import kerava.graph.Variable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Adam that needs no schedule (Defazio et al. 2024), with the defaults of Keras: learning rate
 * 0.0025, β₁ 0.9, β₂ 0.999, ε 1e-8, no steps of warm-up, no decay.
 *
 * <p>Weights lie between a row of points that gradients move and the mean of that row. The points
 * begin at the weights that training begins with; in compiled training Keras 3.15 forgets that,
 * unless its optimizer is built before, and sets the weights to zero with the first step.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/optimizers/">Keras: optimizers</a>
 */
public record ScheduleFreeAdamW(Config config) implements TunedOptimizer<ScheduleFreeAdamW> {
  private static final Key<LearningRate> RATE = LearningRate.key(0.0025);
  private static final Key<Double> BETA_1 =
      Key.of(
          "beta_1",
          Codec.between(0, 1).where("a number above 0, at most 1", beta -> beta > 0),
          0.9);
  private static final Key<Double> BETA_2 = Key.of("beta_2", Codec.between(0, 1), 0.999);
  private static final Key<Double> EPSILON = Key.of("epsilon", Codec.atLeastZero(), 1e-8);
  private static final Key<Integer> WARMUP_STEPS =
      Key.of(
          "warmup_steps",
          Codec.integer().where("a whole number of at least 0", steps -> steps >= 0),
          0);

  /** How the optimizer is written and read. */
  public static final Schema<ScheduleFreeAdamW> SCHEMA =
      Optimizer.schema(
          "ScheduleFreeAdamW", ScheduleFreeAdamW::new, RATE, BETA_1, BETA_2, EPSILON, WARMUP_STEPS);

  /** Checks that the arguments go together. */
  public ScheduleFreeAdamW {
    Optimizer.requireOneClipping(config);
  }

  /** The optimizer with Keras' defaults. */
  public static ScheduleFreeAdamW of() {
    return new ScheduleFreeAdamW(SCHEMA.config());
  }

  /** The optimizer with a learning rate; 0.0025 by default. */
  public static ScheduleFreeAdamW of(double learningRate) {
    return of().withLearningRate(LearningRate.of(learningRate));
  }

  /**
   * The same optimizer with other β₁, how near weights are to the mean, and β₂, the share of the
   * second moment kept; 0.9 and 0.999 by default.
   */
  public ScheduleFreeAdamW betas(double beta1, double beta2) {
    return with(BETA_1, beta1).with(BETA_2, beta2);
  }

  /** The same optimizer with another ε; 1e-8 by default. */
  public ScheduleFreeAdamW epsilon(double epsilon) {
    return with(EPSILON, epsilon);
  }

  /** The same optimizer whose learning rate grows to what it is over some steps; 0 by default. */
  public ScheduleFreeAdamW warmupSteps(int steps) {
    return with(WARMUP_STEPS, steps);
  }

  @Override
  public LearningRate learningRate() {
    return config.get(RATE);
  }

  @Override
  public ScheduleFreeAdamW withLearningRate(LearningRate rate) {
    return with(RATE, rate);
  }

  @Override
  public List<Slot> ownSlots(List<WeightSpec> weights) {
    return Moments.slots(weights).stream()
        .map(slot -> slot.name().equals("momentum") ? slot.as(Slot.Kind.OF_WEIGHT) : slot)
        .toList();
  }

  @Override
  public Rule rule(Update update) {
    Ops all = update.tf();
    Operand<TFloat32> one = update.constant(1);
    Operand<TFloat32> beta1 = update.constant(config.get(BETA_1));
    Operand<TFloat32> rest = all.math.sub(one, beta1);
    Operand<TFloat32> power = all.math.pow(update.constant(config.get(BETA_2)), update.number());
    Operand<TFloat32> unbias = all.math.sub(one, power);
    Operand<TFloat32> rate = rate(update);
    Operand<TFloat32> share = all.math.div(one, update.number());
    Operand<TFloat32> others = all.math.sub(one, share);
    return (tf, parameter, gradient) -> {
      Variable point = parameter.slot("momentum");
      Operand<TFloat32> before = point.read(tf, TFloat32.class);
      Operand<TFloat32> v =
          RunningMean.rounded(tf, config.get(BETA_2))
              .add(parameter.slot("velocity"), parameter.square(tf, gradient));
      Operand<TFloat32> root =
          tf.math.add(tf.math.sqrt(tf.math.div(v, unbias)), update.constant(config.get(EPSILON)));
      Operand<TFloat32> move = tf.math.div(tf.math.mul(rate, gradient), root);
      Operand<TFloat32> after = RunningMean.set(tf, point, tf.math.sub(before, move));
      Operand<TFloat32> weight = parameter.variable().read(tf, TFloat32.class);
      // The point before it moved is meant, but Keras reads the one after.
      Operand<TFloat32> mean = tf.math.div(tf.math.sub(weight, tf.math.mul(rest, after)), beta1);
      Operand<TFloat32> next = tf.math.add(tf.math.mul(others, mean), tf.math.mul(share, after));
      return parameter
          .variable()
          .assign(tf, tf.math.add(tf.math.mul(rest, after), tf.math.mul(beta1, next)));
    };
  }

  private Operand<TFloat32> rate(Update update) {
    int steps = config.get(WARMUP_STEPS);
    if (steps == 0) {
      return update.rate();
    }
    Ops tf = update.tf();
    Operand<TFloat32> grown = tf.math.div(update.number(), update.constant(steps));
    return tf.math.mul(update.rate(), tf.math.minimum(grown, update.constant(1)));
  }

  @Override
  public Schema<ScheduleFreeAdamW> schema() {
    return SCHEMA;
  }
}
