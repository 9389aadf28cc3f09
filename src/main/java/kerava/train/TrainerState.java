package kerava.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import kerava.Model;
import kerava.Optimizer;
import kerava.OptimizerState;
import kerava.Slot;
import kerava.TrainingState;
import kerava.WeightSpec;
import kerava.config.Nearest;
import kerava.config.Visible;
import kerava.graph.Array;
import kerava.graph.Network;
import kerava.graph.NetworkSession;
import kerava.graph.Weights;
import kerava.optimizers.LossScaleOptimizer;
import kerava.optimizers.step.OptimizerStep;

/** What changes in a trainer's session while it trains: read as values, and written back. */
final class TrainerState {
  private final List<WeightSpec> weights;
  private final List<WeightSpec> trained;
  private final Optimizer optimizer;
  private final NetworkSession session;

  TrainerState(Model model, Optimizer optimizer, NetworkSession session) {
    this.weights = model.weights();
    this.trained = model.trainableWeights();
    this.optimizer = optimizer;
    this.session = session;
    begin();
  }

  /** Before the first step, some slots are the weights themselves. */
  private void begin() {
    Map<String, String> own = new LinkedHashMap<>();
    for (Slot slot : optimizer.slots(trained)) {
      if (slot.kind() == Slot.Kind.OF_WEIGHT) {
        own.put(slot.path(optimizer), slot.weight().orElseThrow());
      }
    }
    if (own.isEmpty() || iterations() > 0) {
      return;
    }
    Weights values = session.read(List.copyOf(own.values()));
    Map<String, Array> slots = new LinkedHashMap<>();
    own.forEach((slot, weight) -> slots.put(slot, values.get(weight)));
    session.write(Weights.of(slots));
  }

  private long iterations() {
    return session.read(List.of(Network.ITERATION)).get(Network.ITERATION).longs()[0];
  }

  /**
   * Goes on from weights alone.
   *
   * @throws IllegalArgumentException if a weight is not in the model or has another shape
   */
  void restore(Weights others) {
    session.write(others);
    begin();
  }

  Weights weights() {
    return session.read(names(weights));
  }

  TrainingState read() {
    Optional<Float> rate = scheduled() ? Optional.empty() : Optional.of(rate());
    return new TrainingState(
        weights(), new OptimizerState(iterations(), rate, session.read(slotNames())));
  }

  /**
   * Goes on from a state as if it had been reached here.
   *
   * @throws IllegalArgumentException if it is not a state of this model and optimizer
   */
  void restore(TrainingState state) {
    OptimizerState remembered =
        optimizer instanceof LossScaleOptimizer scaling
            ? scaling.adopt(state.optimizer())
            : state.optimizer();
    requireSame("weights", names(weights), state.weights());
    requireSame("optimizer", slotNames(), remembered.slots());
    session.write(state.weights().with(remembered.slots()));
    session.write(
        Weights.of(Map.of(Network.ITERATION, Array.of(new long[] {remembered.iterations()}))));
    if (!scheduled()) {
      remembered.learningRate().ifPresent(this::rate);
    }
  }

  private static void requireSame(String what, List<String> expected, Weights got) {
    if (!got.names().equals(Set.copyOf(expected))) {
      throw new IllegalArgumentException(
          Visible.of(
              "Trainer state, "
                  + what
                  + ": expected "
                  + expected.size()
                  + " of its own, got "
                  + got.size()
                  + ", "
                  + Nearest.difference(expected, got.names())
                  + ". Is it of this model and optimizer?"));
    }
  }

  private static List<String> names(List<WeightSpec> specs) {
    return specs.stream().map(WeightSpec::name).toList();
  }

  private List<String> slotNames() {
    return optimizer.slots(trained).stream().map(slot -> slot.path(optimizer)).toList();
  }

  double learningRate() {
    requireOneRate();
    if (scheduled()) {
      return optimizer.learningRate().schedule().orElseThrow().at(iterations());
    }
    return rate();
  }

  private float rate() {
    return session
        .read(List.of(OptimizerStep.LEARNING_RATE))
        .get(OptimizerStep.LEARNING_RATE)
        .floats()[0];
  }

  private void rate(double rate) {
    session.write(
        Weights.of(Map.of(OptimizerStep.LEARNING_RATE, Array.of(new float[] {(float) rate}))));
  }

  /**
   * Sets the learning rate from the next step on.
   *
   * @throws IllegalArgumentException if it is below 0 or not finite
   * @throws IllegalStateException if a schedule gives it
   */
  void learningRate(double rate) {
    if (!(rate >= 0) || Double.isInfinite(rate)) {
      throw new IllegalArgumentException(
          "Trainer learning rate: expected a number of at least 0, got " + rate + ".");
    }
    requireOneRate();
    if (scheduled()) {
      throw new IllegalStateException(
          "Trainer learning rate: expected a rate that is a number, got the schedule "
              + optimizer.learningRate()
              + ".");
    }
    rate(rate);
  }

  private void requireOneRate() {
    if (!optimizer.hasOneRate()) {
      throw new IllegalStateException(
          "Trainer learning rate: expected an optimizer with one for all weights, got "
              + optimizer.updating().schema().className()
              + ".");
    }
  }

  private boolean scheduled() {
    return optimizer.learningRate().schedule().isPresent();
  }
}
