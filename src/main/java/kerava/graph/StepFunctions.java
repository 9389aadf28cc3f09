package kerava.graph;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;

/**
 * One step of a recurrence as a function, and the way back through it as another, which is given
 * what the first one computed on its way.
 *
 * <p>What they are given and give has names: {@code input_0}, {@code state_0}, {@code constant_0},
 * {@code saved_0} for what is kept, {@code upstream_0} for the gradient of what a step gave.
 */
final class StepFunctions implements AutoCloseable {
  private final StepGraph step;
  private final StepAnalysis analysis;
  private final List<String> given;
  private final NativeFunction forward;
  private final NativeFunction backward;

  StepFunctions(Recurrence recurrence) {
    this.step = new StepGraph(recurrence);
    this.analysis = new StepAnalysis(step);
    this.given = analysis.given().stream().map(this::name).toList();
    List<Output<?>> ends = new ArrayList<>();
    step.turn().all().forEach(end -> ends.add(end.asOutput()));
    ends.addAll(analysis.saved());
    this.forward = function("forward", places(step.places()).values(), ends);
    this.backward = function("backward", analysis.given(), analysis.results().values());
  }

  private static Map<String, Output<?>> places(Recurrence.Step step) {
    Map<String, Output<?>> all = new LinkedHashMap<>();
    number(all, "input_", step.inputs());
    number(all, "state_", step.states());
    number(all, "constant_", step.constants());
    return all;
  }

  private static void number(
      Map<String, Output<?>> all, String name, List<? extends Operand<?>> operands) {
    for (int i = 0; i < operands.size(); i++) {
      all.put(name + i, operands.get(i).asOutput());
    }
  }

  private String name(Output<?> output) {
    Map<String, Output<?>> names = new LinkedHashMap<>();
    number(names, "saved_", analysis.saved());
    number(names, "upstream_", step.upstream());
    names.putAll(places(step.places()));
    return names.entrySet().stream()
        .filter(entry -> entry.getValue().equals(output))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow();
  }

  private NativeFunction function(
      String name, Collection<Output<?>> inputs, Collection<Output<?>> outputs) {
    Ops tf = Ops.create(step.graph());
    List<Output<?>> own =
        outputs.stream().<Output<?>>map(each -> Placeholders.identity(tf, each)).toList();
    NativeFunction.Ends ends = new NativeFunction.Ends(List.copyOf(inputs), own);
    return NativeFunction.of(step.graph(), name, ends, between(inputs, own));
  }

  /** The operations that lead from some outputs to others. */
  private static Set<GraphOperation> between(
      Collection<Output<?>> inputs, Collection<Output<?>> outputs) {
    Set<GraphOperation> found = new LinkedHashSet<>();
    Deque<Output<?>> open = new ArrayDeque<>(outputs);
    while (!open.isEmpty()) {
      Output<?> next = open.remove();
      if (!inputs.contains(next) && found.add((GraphOperation) next.op())) {
        GraphOperation operation = (GraphOperation) next.op();
        operation.inputs().forEach(input -> open.add(input.asOutput()));
        operation.controlInputs().forEach(before -> open.add(before.output(0)));
      }
    }
    return found;
  }

  /** Makes both known in a graph whose functions call them. */
  void attach(Graph graph) {
    forward.in(graph);
    backward.in(graph);
  }

  /** What is to be kept of each step, in its type and shape. */
  List<Output<?>> saved() {
    return analysis.saved();
  }

  /** The constants whose gradients are products. */
  List<StepAnalysis.Product> products() {
    return analysis.products();
  }

  /** The shapes of what the way back gives of each step that is to be kept apart from others. */
  Map<String, Shape> listed() {
    Map<String, Shape> listed = new LinkedHashMap<>();
    Map<String, Output<?>> places = places(step.places());
    for (Map.Entry<String, Output<?>> result : analysis.results().entrySet()) {
      String name = result.getKey();
      if (!name.startsWith("state_") && !name.startsWith("constant_")) {
        // A gradient has the shape of what it belongs to, which TensorFlow does not always find.
        listed.put(name, Objects.requireNonNullElse(places.get(name), result.getValue()).shape());
      }
    }
    return listed;
  }

  /** The inputs of a step, in their types and shapes. */
  List<Output<?>> inputs() {
    return step.places().inputs().stream().<Output<?>>map(Operand::asOutput).toList();
  }

  /** The outputs of a step, in their types and shapes. */
  List<Output<?>> outputs() {
    return step.turn().outputs().stream().<Output<?>>map(Operand::asOutput).toList();
  }

  /** Whether there is a gradient of what the step is given under a name. */
  boolean differentiates(String name) {
    return gives(name)
        || products().stream().anyMatch(each -> name.equals("constant_" + each.constant()));
  }

  /** Whether the way back gives something under a name. */
  boolean gives(String name) {
    return analysis.results().containsKey(name);
  }

  /** Adds a step to a graph; what it gives, and then what is to be kept. */
  List<Output<?>> forward(Ops tf, Recurrence.Step values) {
    return forward.call(tf, List.copyOf(places(values).values()));
  }

  /** Adds the way back through a step to a graph. */
  Map<String, Operand<?>> backward(Ops tf, Map<String, Operand<?>> values) {
    List<Operand<?>> wanted = new ArrayList<>();
    given.forEach(name -> wanted.add(Objects.requireNonNull(values.get(name), name)));
    List<Output<?>> found = backward.call(tf, wanted);
    Map<String, Operand<?>> named = new LinkedHashMap<>();
    analysis.results().keySet().forEach(name -> named.put(name, found.get(named.size())));
    return named;
  }

  @Override
  public void close() {
    forward.close();
    backward.close();
    step.close();
  }
}
