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
import org.tensorflow.ndarray.Shape;

/**
 * Adafactor (Shazeer and Stern 2018), which remembers of a matrix the mean squares of its rows and
 * columns, with the defaults of Keras: learning rate 0.001, β₂ decay −0.8, ε₁ 1e-30, ε₂ 0.001, clip
 * threshold 1, and steps that become smaller.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/optimizers/adafactor/">Keras: Adafactor</a>
 */
public record Adafactor(Config config) implements TunedOptimizer<Adafactor> {
  private static final Key<Double> BETA_2_DECAY = Key.of("beta_2_decay", Codec.number(), -0.8);
  private static final Key<Double> EPSILON_1 = Key.of("epsilon_1", Codec.atLeastZero(), 1e-30);
  private static final Key<Double> EPSILON_2 = Key.of("epsilon_2", Codec.atLeastZero(), 1e-3);
  private static final Key<Double> CLIP_THRESHOLD =
      Key.of("clip_threshold", Codec.number().where("a number above 0", most -> most > 0), 1.0);
  private static final Key<Boolean> RELATIVE_STEP = Key.of("relative_step", Codec.bool(), true);

  /** How the optimizer is written and read. */
  public static final Schema<Adafactor> SCHEMA =
      Optimizer.schema(
          "Adafactor",
          Adafactor::new,
          BETA_2_DECAY,
          EPSILON_1,
          EPSILON_2,
          CLIP_THRESHOLD,
          RELATIVE_STEP);

  /** Checks that the arguments go together. */
  public Adafactor {
    Optimizer.requireOneClipping(config);
  }

  /** Adafactor with Keras' defaults. */
  public static Adafactor of() {
    return new Adafactor(SCHEMA.config());
  }

  /** Adafactor with a learning rate; 0.001 by default. */
  public static Adafactor of(double learningRate) {
    return of().withLearningRate(LearningRate.of(learningRate));
  }

  /** The same optimizer with another power of the step in β₂ = 1 − step^decay; −0.8 by default. */
  public Adafactor beta2Decay(double decay) {
    return with(BETA_2_DECAY, decay);
  }

  /**
   * The same optimizer with other small numbers: ε₁ is added to squares of gradients, and ε₂ is the
   * least size of a weight that moves are relative to; 1e-30 and 0.001 by default.
   */
  public Adafactor epsilons(double epsilon1, double epsilon2) {
    return with(EPSILON_1, epsilon1).with(EPSILON_2, epsilon2);
  }

  /** The same optimizer that scales moves down to another root mean square; 1 by default. */
  public Adafactor clipThreshold(double threshold) {
    return with(CLIP_THRESHOLD, threshold);
  }

  /**
   * The same optimizer whose learning rate, if it is a number, is at most 1 / √step, the default,
   * or not.
   */
  public Adafactor relativeStep(boolean relative) {
    return with(RELATIVE_STEP, relative);
  }

  /** Of weights that are no matrices Keras keeps two numbers that it does not use. */
  @Override
  public List<Slot> ownSlots(List<WeightSpec> weights) {
    List<Slot> slots = new ArrayList<>();
    for (WeightSpec weight : weights) {
      if (AdafactorRule.isFactored(weight.shape())) {
        slots.add(Slot.of(weight, AdafactorRule.ROWS, AdafactorRule.rows(weight.shape()), 0));
        slots.add(Slot.of(weight, AdafactorRule.COLUMNS, AdafactorRule.columns(weight.shape()), 0));
      } else {
        Slot unused =
            Slot.of(weight, AdafactorRule.ROWS, Shape.scalar(), 0).as(Slot.Kind.WHOLE_ALONE);
        slots.add(unused);
        slots.add(unused.named(AdafactorRule.COLUMNS));
      }
      slots.add(Slot.zeros(weight, AdafactorRule.VELOCITY));
    }
    return slots;
  }

  @Override
  public Rule rule(Update update) {
    AdafactorRule.Arguments arguments =
        new AdafactorRule.Arguments(
            config.get(BETA_2_DECAY),
            config.get(EPSILON_1),
            config.get(EPSILON_2),
            config.get(CLIP_THRESHOLD));
    return AdafactorRule.of(update, arguments);
  }

  @Override
  public Schema<Adafactor> schema() {
    return SCHEMA;
  }
}
