package kerava.optimizers;

import java.util.ArrayList;
import java.util.List;
import kerava.Slot;
import kerava.WeightSpec;
import kerava.config.Config;

/**
 * The arguments of Adam and its relatives.
 *
 * @param beta1 the share of the first moment that a step keeps
 * @param beta2 the share of the second moment that a step keeps
 * @param epsilon what keeps divisions from becoming too large
 */
record Moments(double beta1, double beta2, double epsilon) {

  static Moments of(Config config) {
    return new Moments(
        config.get(AdamArguments.BETA_1),
        config.get(AdamArguments.BETA_2),
        config.get(EpsilonArgument.EPSILON));
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
