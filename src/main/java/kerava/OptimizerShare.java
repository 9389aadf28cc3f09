package kerava;

import java.util.ArrayList;
import java.util.List;

/**
 * The weights that one optimizer updates, of those that are trained.
 *
 * @param optimizer the optimizer
 * @param weights its weights, in the model's order
 * @param prefix what the names of its scalars begin with among all slots; empty where it is alone
 */
public record OptimizerShare(Optimizer optimizer, List<WeightSpec> weights, String prefix) {
  /** The slot of the learning rate of one of several. */
  public static final String LEARNING_RATE = "learning_rate";

  /** Copies the weights. */
  public OptimizerShare {
    weights = List.copyOf(weights);
  }

  /** Whether it is one of several, which have rates of their own. */
  public boolean isOneOfSeveral() {
    return !prefix.isEmpty();
  }

  /**
   * What it remembers, in Keras' order: of several, first the learning rate, unless a schedule
   * gives it; one without weights remembers nothing else.
   */
  public List<Slot> slots() {
    List<Slot> slots = new ArrayList<>();
    if (isOneOfSeveral() && optimizer.learningRate().schedule().isEmpty()) {
      slots.add(Slot.scalar(LEARNING_RATE, optimizer.learningRate().initial()));
    }
    if (!weights.isEmpty()) {
      slots.addAll(optimizer.slots(weights));
    }
    return slots.stream()
        .map(slot -> slot.weight().isPresent() ? slot : slot.named(prefix + slot.name()))
        .toList();
  }
}
