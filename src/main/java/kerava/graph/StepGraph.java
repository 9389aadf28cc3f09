package kerava.graph;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TType;

/** One step of a recurrence in a graph of its own, with its gradients. */
final class StepGraph implements AutoCloseable {
  private final Graph graph = Graphs.empty();
  private final Recurrence.Step places;
  private final Recurrence.Turn turn;
  private final List<Operand<TFloat32>> upstream;
  private final Set<GraphOperation> forward;
  private final Map<Operand<TFloat32>, Output<?>> gradients = new LinkedHashMap<>();

  StepGraph(Recurrence recurrence) {
    Ops tf = Ops.create(graph);
    places =
        new Recurrence.Step(
            recurrence.sequences().stream()
                .<Operand<? extends TType>>map(
                    sequence -> place(tf, sequence.type(), sequence.shape().tail()))
                .toList(),
            floats(tf, recurrence.states()),
            floats(tf, recurrence.constants()));
    turn = recurrence.body().step(tf, places);
    upstream = floats(tf, turn.all());
    forward = operations();
    differentiate(recurrence);
  }

  private static <T extends TType> Output<T> place(Ops tf, Class<T> type, Shape shape) {
    return tf.placeholder(type, Placeholder.shape(shape)).asOutput();
  }

  private static List<Operand<TFloat32>> floats(Ops tf, List<Operand<TFloat32>> values) {
    return values.stream()
        .<Operand<TFloat32>>map(value -> place(tf, TFloat32.class, value.shape()))
        .toList();
  }

  private Set<GraphOperation> operations() {
    Set<GraphOperation> operations = new HashSet<>();
    graph.operations().forEachRemaining(operations::add);
    return operations;
  }

  private void differentiate(Recurrence recurrence) {
    List<Operand<TFloat32>> wanted = new ArrayList<>();
    for (int i = 0; i < places.inputs().size(); i++) {
      if (differentiable(recurrence.sequences().get(i))) {
        wanted.add(places.inputs().get(i).asOutput().expect(TFloat32.class));
      }
    }
    wanted.addAll(places.states());
    for (int i = 0; i < places.constants().size(); i++) {
      if (differentiable(recurrence.constants().get(i))) {
        wanted.add(places.constants().get(i));
      }
    }
    Set<GraphOperation> used = graph.subgraphTo(Set.copyOf(turn.all()));
    wanted.removeIf(place -> !used.contains((GraphOperation) place.op()));
    // TensorFlow's gradients go wrong where one of the ends is made of another.
    Ops tf = Ops.create(graph);
    List<Output<?>> ends = new ArrayList<>();
    turn.all().forEach(end -> ends.add(tf.identity(end).asOutput()));
    Output<?>[] found =
        graph.addGradients("back", outputs(ends), outputs(wanted), outputs(upstream));
    UnneededSums sums = new UnneededSums(graph);
    for (int i = 0; i < wanted.size(); i++) {
      gradients.put(wanted.get(i), sums.without(found[i]));
    }
    sums.remove();
  }

  /** Whether a gradient is of use: it flows through floats, unless they say that it is not to. */
  static boolean differentiable(Operand<?> operand) {
    return operand.type().equals(TFloat32.class) && !operand.op().type().equals("StopGradient");
  }

  private static Output<?>[] outputs(List<? extends Operand<?>> operands) {
    return operands.stream().map(Operand::asOutput).toArray(Output<?>[]::new);
  }

  Graph graph() {
    return graph;
  }

  /** What the step is given. */
  Recurrence.Step places() {
    return places;
  }

  /** What it gives. */
  Recurrence.Turn turn() {
    return turn;
  }

  /** The places of the gradients of all that it gives. */
  List<Operand<TFloat32>> upstream() {
    return upstream;
  }

  /** Whether an operation is one of the step's own, not of its gradients. */
  boolean isForward(GraphOperation operation) {
    return forward.contains(operation);
  }

  /** The gradients of what the step is given, by its places; of those that have any. */
  Map<Operand<TFloat32>, Output<?>> gradients() {
    return gradients;
  }

  @Override
  public void close() {
    graph.close();
  }
}
