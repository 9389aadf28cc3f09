package kerava.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** The loops of a graph, and gradients through them. */
final class LoopGradients {
  private final Graph graph;
  private final List<Known> loops = new ArrayList<>();

  LoopGradients(Graph graph) {
    this.graph = graph;
  }

  /**
   * A loop in the graph.
   *
   * @param ends the operations from which others take what it gives
   */
  private record Known(RecurrentLoop loop, List<GraphOperation> ends) {}

  /** Adds a loop. */
  Recurrence.Turn add(Ops tf, Recurrence recurrence) {
    RecurrentLoop loop = RecurrentLoop.of(tf, recurrence);
    Recurrence.Turn turn = loop.add();
    Recurrence.Turn ends = new Recurrence.Turn(same(tf, turn.outputs()), same(tf, turn.states()));
    loops.add(new Known(loop, ends.all().stream().map(end -> (GraphOperation) end.op()).toList()));
    return ends;
  }

  private static List<Operand<TFloat32>> same(Ops tf, List<Operand<TFloat32>> values) {
    return values.stream().<Operand<TFloat32>>map(tf::identity).toList();
  }

  /** Adds gradients, through all loops that lead to an operand. */
  List<Output<?>> differentiate(Ops tf, Output<?> y, Output<?>[] xs) {
    Set<GraphOperation> leading = graph.subgraphTo(Set.of(y));
    NativeGraph edges = NativeGraph.of(graph);
    List<LoopGradient> open = new ArrayList<>();
    try {
      for (Known known : loops) {
        if (known.ends().stream().anyMatch(leading::contains)) {
          open.add(LoopGradient.open(known.loop(), known.ends(), edges));
        }
      }
      AddedOperations added = AddedOperations.to(graph);
      List<Output<?>> gradients = List.of(OwnGradients.add(graph, tf, y, xs));
      for (GraphOperation operation : added.list()) {
        open.stream()
            .filter(loop -> loop.isOf(operation))
            .forEach(loop -> loop.connect(operation, edges));
      }
      return gradients;
    } finally {
      open.forEach(LoopGradient::close);
    }
  }
}
