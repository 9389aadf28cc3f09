package kerava.optimizers;

import java.util.List;
import kerava.LearningRate;
import kerava.Optimizer;
import kerava.Slot;
import kerava.Update;
import kerava.WeightSpec;
import kerava.config.Config;
import kerava.config.Schema;

/**
 * Nadam, Adam with Nesterov's momentum (Dozat 2015), with the defaults of Keras: learning rate
 * 0.001, β₁ 0.9, β₂ 0.999, ε 1e-7.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/optimizers/nadam/">Keras: Nadam</a>
 */
public record Nadam(Config config) implements AdamArguments<Nadam> {
  /** What Keras calls the product of the momenta of all steps so far. */
  private static final String PRODUCT = "variable";

  /** How the optimizer is written and read. */
  public static final Schema<Nadam> SCHEMA =
      Optimizer.schema("Nadam", Nadam::new, BETA_1, BETA_2, EPSILON);

  /** Checks that the arguments go together. */
  public Nadam {
    Optimizer.requireOneClipping(config);
  }

  /** Nadam with Keras' defaults. */
  public static Nadam of() {
    return new Nadam(SCHEMA.config());
  }

  /** Nadam with a learning rate; 0.001 by default. */
  public static Nadam of(double learningRate) {
    return of().withLearningRate(LearningRate.of(learningRate));
  }

  @Override
  public List<Slot> ownSlots(List<WeightSpec> weights) {
    List<Slot> slots = Moments.slots(weights);
    slots.add(Slot.scalar(PRODUCT, 1).as(Slot.Kind.ALONE));
    return slots;
  }

  /** The product follows from the number of steps. */
  @Override
  public float forgotten(Slot slot, long iterations) {
    float product = slot.initial();
    for (long step = 1; step <= iterations && product > 0; step++) {
      product *= (float) NadamRule.momentum(config.get(BETA_1), step);
    }
    return product;
  }

  @Override
  public Rule rule(Update update) {
    return NadamRule.of(update, Moments.of(config), update.slot(PRODUCT));
  }

  @Override
  public Schema<Nadam> schema() {
    return SCHEMA;
  }
}
