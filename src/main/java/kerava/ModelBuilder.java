package kerava;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Turns nodes into the steps of a model, in Keras' order: decreasing depth from the outputs, ties
 * in the order in which a walk from the outputs first meets the layers.
 */
final class ModelBuilder {
  /** Layers by owner, in the order of the walk. */
  private final Map<Object, List<Node>> calls = new LinkedHashMap<>();

  /** Nodes so that each comes after its inputs. */
  private final List<Node> finished = new ArrayList<>();

  private final Set<Node> visited = new HashSet<>();

  private ModelBuilder() {}

  static Model build(Model.Kind kind, List<Node> inputs, List<Node> outputs) {
    if (outputs.isEmpty()) {
      throw new IllegalArgumentException("Model: expected at least one output, got none.");
    }
    ModelBuilder builder = new ModelBuilder();
    outputs.forEach(builder::walk);
    builder.requireInputs(inputs);
    List<Object> order = builder.order();
    List<Step> steps = builder.steps(order);
    return new Model(
        kind,
        kind.defaultName(),
        steps,
        new Model.Ends(
            builder.origins(inputs, steps, order), builder.origins(outputs, steps, order)));
  }

  private List<Node> calls(Object owner) {
    return calls.getOrDefault(owner, List.of());
  }

  /** Visits a node and what it follows from; without recursion, for networks of any depth. */
  private void walk(Node output) {
    Deque<Visit> open = new ArrayDeque<>();
    enter(output, open);
    while (!open.isEmpty()) {
      Visit visit = open.element();
      if (visit.inputs().hasNext()) {
        enter(visit.inputs().next(), open);
      } else {
        calls(open.remove().node().owner()).add(visit.node());
        finished.add(visit.node());
      }
    }
  }

  private void enter(Node node, Deque<Visit> open) {
    if (visited.add(node)) {
      calls.putIfAbsent(node.owner(), new ArrayList<>());
      open.push(new Visit(node, node.inputs().iterator()));
    }
  }

  /** A node, and those of its inputs that are still to be visited. */
  private record Visit(Node node, Iterator<Node> inputs) {}

  private void requireInputs(List<Node> inputs) {
    for (Node node : finished) {
      if (node.layer() instanceof Input && !inputs.contains(node)) {
        throw new IllegalArgumentException(
            "Model: expected every input of the outputs to be an input of the model, got "
                + node
                + " beside them. Is it left out of Model.of?");
      }
    }
    Set<Node> seen = new HashSet<>();
    for (Node input : inputs) {
      if (!seen.add(input)) {
        throw new IllegalArgumentException(
            "Model: expected each input once, got " + input + " twice.");
      }
      if (!visited.contains(input)) {
        throw new IllegalArgumentException(
            "Model: expected outputs that follow from every input, got none from " + input + ".");
      }
    }
  }

  private List<Object> order() {
    Map<Object, Integer> depths = depths();
    List<Object> owners = new ArrayList<>(calls.keySet());
    owners.sort(Comparator.comparing(owner -> -depths.getOrDefault(owner, 0)));
    return owners;
  }

  private Map<Object, Integer> depths() {
    Map<Node, Integer> nodes = new HashMap<>();
    Map<Object, Integer> layers = new HashMap<>();
    for (int i = finished.size() - 1; i >= 0; i--) {
      Node node = finished.get(i);
      int depth = Math.max(nodes.getOrDefault(node, 0), layers.getOrDefault(node.owner(), 0));
      nodes.put(node, depth);
      layers.put(node.owner(), depth);
      node.inputs().forEach(input -> nodes.merge(input, depth + 1, Math::max));
    }
    return layers;
  }

  private List<Step> steps(List<Object> order) {
    List<Layer> layers = order.stream().map(owner -> calls(owner).get(0).layer()).toList();
    StepNames names = new StepNames(layers);
    List<String> given = layers.stream().map(names::next).toList();
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < order.size(); i++) {
      List<Step.Call> stepCalls =
          calls(order.get(i)).stream()
              .map(
                  node ->
                      new Step.Call(
                          node.inputs().stream().map(input -> origin(input, order, given)).toList(),
                          node.inputs().stream().map(Node::shape).toList(),
                          node.shape()))
              .toList();
      steps.add(new Step(given.get(i), layers.get(i), stepCalls));
    }
    return List.copyOf(steps);
  }

  private List<Step.Origin> origins(List<Node> nodes, List<Step> steps, List<Object> order) {
    List<String> names = steps.stream().map(Step::name).toList();
    return nodes.stream().map(node -> origin(node, order, names)).toList();
  }

  private Step.Origin origin(Node node, List<Object> order, List<String> names) {
    return new Step.Origin(
        names.get(order.indexOf(node.owner())), calls(node.owner()).indexOf(node));
  }
}
