package kerava.optimizers;

import java.util.ArrayList;
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
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * Ftrl (McMahan et al. 2013), with the defaults of Keras: learning rate 0.001, its power −0.5,
 * first sum of squares 0.1, no penalties.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/optimizers/ftrl/">Keras: Ftrl</a>
 */
public record Ftrl(Config config) implements TunedOptimizer<Ftrl> {
  private static final Key<Double> POWER =
      Key.of(
          "learning_rate_power",
          Codec.number().where("a number of at most 0", power -> power <= 0),
          -0.5);
  private static final Key<Double> INITIAL =
      Key.of("initial_accumulator_value", Codec.atLeastZero(), 0.1);
  private static final Key<Double> L1 =
      Key.of("l1_regularization_strength", Codec.atLeastZero(), 0.0);
  private static final Key<Double> L2 =
      Key.of("l2_regularization_strength", Codec.atLeastZero(), 0.0);
  private static final Key<Double> SHRINKAGE =
      Key.of("l2_shrinkage_regularization_strength", Codec.atLeastZero(), 0.0);
  private static final Key<Double> BETA = Key.of("beta", Codec.number(), 0.0);

  /** How the optimizer is written and read. */
  public static final Schema<Ftrl> SCHEMA =
      Optimizer.schema("Ftrl", Ftrl::new, POWER, INITIAL, L1, L2, SHRINKAGE, BETA);

  /** Checks that the arguments go together. */
  public Ftrl {
    Optimizer.requireOneClipping(config);
  }

  /** Ftrl with Keras' defaults. */
  public static Ftrl of() {
    return new Ftrl(SCHEMA.config());
  }

  /** Ftrl with a learning rate; 0.001 by default. */
  public static Ftrl of(double learningRate) {
    return of().withLearningRate(LearningRate.of(learningRate));
  }

  /** The same optimizer with other penalties on absolute values and squares; 0 by default. */
  public Ftrl penalties(double l1, double l2) {
    return with(L1, l1).with(L2, l2);
  }

  /** The same optimizer with a penalty that acts on gradients; 0 by default. */
  public Ftrl shrinkage(double l2) {
    return with(SHRINKAGE, l2);
  }

  /** The same optimizer with β, which makes early steps smaller; 0 by default. */
  public Ftrl beta(double beta) {
    return with(BETA, beta);
  }

  /** The same optimizer with another power of the learning rate; −0.5 by default. */
  public Ftrl learningRatePower(double power) {
    return with(POWER, power);
  }

  /** The same optimizer whose sums of squares start at another number; 0.1 by default. */
  public Ftrl initialAccumulatorValue(double value) {
    return with(INITIAL, value);
  }

  @Override
  public List<Slot> ownSlots(List<WeightSpec> weights) {
    double initial = config.get(INITIAL);
    List<Slot> slots = new ArrayList<>();
    for (WeightSpec weight : weights) {
      slots.add(Slot.filled(weight, "accumulator", initial));
      slots.add(Slot.zeros(weight, "linear"));
    }
    return slots;
  }

  @Override
  public Rule rule(Update update) {
    Operand<TFloat32> rate = update.rate();
    Operand<TFloat32> early = update.tf().math.div(update.constant(config.get(BETA) / 2), rate);
    Operand<TFloat32> l2 = update.tf().math.add(update.constant(config.get(L2)), early);
    return new FtrlRule(
        rate,
        update.constant(-config.get(POWER)),
        update.constant(config.get(L1)),
        l2,
        update.constant(config.get(SHRINKAGE)));
  }

  @Override
  public Schema<Ftrl> schema() {
    return SCHEMA;
  }
}
