package kerava.train;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import kerava.graph.Network;

/** The loops over the training step that a trainer's graph has, each made when it is wanted. */
final class Loops {
  /**
   * How many steps one by one show that a training is long. The first run of a loop takes most of a
   * second, in which its graph is optimized; a loop saves some tenths of a millisecond a step.
   */
  static final int WORTH = 1000;

  private final Network network;
  private final TrainingGraph graph;
  private final Map<Loop.Kind, Loop> loops = new HashMap<>();
  private long made;

  Loops(Network network, TrainingGraph graph) {
    this.network = network;
    this.graph = graph;
  }

  /** The loop of a kind. */
  Loop of(Loop.Kind kind) {
    return loops.computeIfAbsent(kind, wanted -> Loop.add(network, graph, wanted));
  }

  /** The loop of a kind if it pays: if it is there already, or the training is a long one. */
  Optional<Loop> worthwhile(Loop.Kind kind) {
    return made >= WORTH || loops.containsKey(kind) ? Optional.of(of(kind)) : Optional.empty();
  }

  /** Counts steps that were made, by a loop or not. */
  void made(int steps) {
    made += steps;
  }
}
