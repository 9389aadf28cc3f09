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
import java.util.Optional;
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

  /** Inputs or outputs, and how they are arranged. */
  record End(List<Node> nodes, Structure structure) {
    End {
      nodes = List.copyOf(nodes);
      if (nodes.size() != structure.size()) {
        throw new IllegalArgumentException(
            "Model: expected "
                + structure.size()
                + " nodes as arranged, got "
                + nodes.size()
                + ".");
      }
    }

    /** The name that a node gets from its key. */
    Optional<String> key(Node node) {
      return structure instanceof Structure.Keyed && nodes.contains(node)
          ? Optional.of(structure.names("input").get(nodes.indexOf(node)))
          : Optional.empty();
    }
  }

  static Model build(Model.Kind kind, End inputs, End outputs) {
    if (outputs.nodes().isEmpty()) {
      throw new IllegalArgumentException("Model: expected at least one output, got none.");
    }
    ModelBuilder builder = new ModelBuilder();
    outputs.nodes().forEach(builder::walk);
    builder.requireInputs(inputs.nodes());
    List<Object> order = builder.order();
    List<Step> steps = builder.steps(order, inputs);
    return new Model(
        kind, steps, builder.ends(inputs, steps, order), builder.ends(outputs, steps, order));
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

  private List<Step> steps(List<Object> order, End inputs) {
    List<Layer> layers = order.stream().map(owner -> layer(calls(owner).get(0), inputs)).toList();
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

  private static Layer layer(Node node, End inputs) {
    Layer layer = node.layer();
    return layer.name().isPresent() ? layer : inputs.key(node).map(layer::named).orElse(layer);
  }

  private Model.Ends ends(End end, List<Step> steps, List<Object> order) {
    List<String> names = steps.stream().map(Step::name).toList();
    return new Model.Ends(
        end.nodes().stream().map(node -> origin(node, order, names)).toList(), end.structure());
  }

  private Step.Origin origin(Node node, List<Object> order, List<String> names) {
    return new Step.Origin(
        names.get(order.indexOf(node.owner())), calls(node.owner()).indexOf(node));
  }
}
