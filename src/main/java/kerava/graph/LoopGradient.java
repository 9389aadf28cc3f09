package kerava.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Gradients through one loop, which TensorFlow's C++ gradients know nothing of.
 *
 * <p>They know functions. So what the loop gives goes through a function that changes nothing, but
 * is also given what the loop was made of, and no gradient flows from it into the loop. Of this
 * function TensorFlow makes the gradient, an operation that is given the gradients of what the loop
 * gave, and gives those of what it was made of: in its place comes the loop back.
 */
final class LoopGradient implements AutoCloseable {
  private final RecurrentLoop loop;
  private final StepFunctions functions;
  private final List<Output<?>> kept;
  private final List<String> sources = new ArrayList<>();
  private final int ends;
  private final GraphOperation call;

  private LoopGradient(RecurrentLoop loop, StepFunctions functions) {
    this.loop = loop;
    this.functions = functions;
    functions.attach((Graph) loop.lists().tf().scope().env());
    RecurrentLoop.Ends there = loop.add(functions);
    this.kept = there.kept();
    this.ends = there.turn().all().size();
    Ops tf = loop.lists().tf();
    List<Operand<?>> inputs = new ArrayList<>();
    there.turn().all().forEach(end -> inputs.add(tf.stopGradient(end)));
    Recurrence recurrence = loop.recurrence();
    inputs.addAll(sources("input_", recurrence.sequences()));
    inputs.addAll(sources("state_", recurrence.states()));
    inputs.addAll(sources("constant_", recurrence.constants()));
    this.call = call(tf, inputs);
  }

  /** Those of some operands whose gradients are computed. */
  private List<Output<?>> sources(String name, List<? extends Operand<?>> operands) {
    List<Output<?>> found = new ArrayList<>();
    for (int i = 0; i < operands.size(); i++) {
      if (functions.differentiates(name + i)) {
        sources.add(name + i);
        found.add(Placeholders.identity(loop.lists().tf(), operands.get(i)));
      }
    }
    return found;
  }

  /**
   * Leads what a loop gave through a function.
   *
   * @param ends the operations from which others take it
   */
  static LoopGradient open(RecurrentLoop loop, List<GraphOperation> ends, NativeGraph graph) {
    LoopGradient gradient = new LoopGradient(loop, new StepFunctions(loop.recurrence()));
    for (int i = 0; i < ends.size(); i++) {
      graph.replaceInput(ends.get(i), 0, gradient.call.output(i));
    }
    return gradient;
  }

  private GraphOperation call(Ops tf, List<Operand<?>> inputs) {
    try (NativeFunction first = NativeFunction.of("first", inner -> first(inner, inputs))) {
      return (GraphOperation) first.call(tf, inputs).get(0).op();
    }
  }

  private NativeFunction.Ends first(Ops tf, List<Operand<?>> inputs) {
    List<Output<?>> places = new ArrayList<>();
    inputs.forEach(input -> places.add(Placeholders.like(tf, input)));
    List<Output<?>> outputs = new ArrayList<>();
    places.subList(0, ends).forEach(place -> outputs.add(Placeholders.identity(tf, place)));
    return new NativeFunction.Ends(places, outputs);
  }

  /** Whether an operation is the gradient of this loop's function. */
  boolean isOf(GraphOperation operation) {
    return operation.type().equals("SymbolicGradient") && operation.input(0).equals(call.input(0));
  }

  /** Puts the loop back in the place of the gradient of the function. */
  void connect(GraphOperation gradient, NativeGraph graph) {
    List<Operand<TFloat32>> upstream = new ArrayList<>();
    int inputs = call.numInputs();
    for (int i = 0; i < ends; i++) {
      upstream.add(gradient.input(inputs + i).expect(TFloat32.class));
    }
    Map<String, Operand<TFloat32>> results =
        new BackwardLoop(loop, functions, kept, upstream).add();
    int output = ends;
    for (String source : sources) {
      Operand<TFloat32> result = Objects.requireNonNull(results.get(source), source);
      graph.redirect(gradient.output(output++), result.asOutput());
    }
  }

  @Override
  public void close() {
    functions.close();
  }
}
