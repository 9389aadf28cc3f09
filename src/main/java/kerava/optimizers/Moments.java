package kerava.optimizers;

import java.util.ArrayList;
import java.util.List;
import kerava.Slot;
import kerava.WeightSpec;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;

/**
 * The arguments of Adam and its relatives.
 *
 * @param beta1 the share of the first moment that a step keeps
 * @param beta2 the share of the second moment that a step keeps
 * @param epsilon what keeps divisions from becoming too large
 */
record Moments(double beta1, double beta2, double epsilon) {
  static final Key<Double> BETA_1 = Key.of("beta_1", Codec.between(0, 1), 0.9);
  static final Key<Double> BETA_2 = Key.of("beta_2", Codec.between(0, 1), 0.999);
  static final Key<Double> EPSILON = Key.of("epsilon", Codec.atLeastZero(), 1e-7);

  static Moments of(Config config) {
    return new Moments(config.get(BETA_1), config.get(BETA_2), config.get(EPSILON));
  }

  /** Both moments of each weight, side by side. */
  static List<Slot> slots(List<WeightSpec> weights) {
    return slots(weights, "momentum", "velocity");
  }

  /** Two things of each weight, side by side. */
  static List<Slot> slots(List<WeightSpec> weights, String first, String second) {
    List<Slot> slots = new ArrayList<>();
    for (WeightSpec weight : weights) {
      slots.add(Slot.zeros(weight, first));
      slots.add(Slot.zeros(weight, second));
    }
    return slots;
  }
}
