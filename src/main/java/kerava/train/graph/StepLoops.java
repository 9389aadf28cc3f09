package kerava.train.graph;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import kerava.graph.Network;

/** The loops over the training step that a trainer's graph has, each made when it is wanted. */
public final class StepLoops {
  /**
   * How many steps one by one show that a training is long. The first run of a loop takes most of a
   * second, in which its graph is optimized; a loop saves some tenths of a millisecond a step.
   */
  public static final int WORTH = 1000;

  private final Network network;
  private final TrainingGraph graph;
  private final Map<StepLoop.Kind, StepLoop> loops = new HashMap<>();
  private long made;

  /** None yet, for a graph in a network. */
  public StepLoops(Network network, TrainingGraph graph) {
    this.network = network;
    this.graph = graph;
  }

  /** The loop of a kind. */
  public StepLoop of(StepLoop.Kind kind) {
    return loops.computeIfAbsent(kind, wanted -> StepLoop.add(network, graph, wanted));
  }

  /** The loop of a kind if it pays: if it is there already, or the training is a long one. */
  public Optional<StepLoop> worthwhile(StepLoop.Kind kind) {
    return made >= WORTH || loops.containsKey(kind) ? Optional.of(of(kind)) : Optional.empty();
  }

  /** Counts steps that were made, by a loop or not. */
  public void made(int steps) {
    made += steps;
  }
}
