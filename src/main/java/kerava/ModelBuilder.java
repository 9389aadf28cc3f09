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
import kerava.config.Visible;

/**
 * Turns nodes into the layers of a model, in Keras' order: decreasing depth from the outputs, ties
 * in the order in which a walk from the outputs first meets the layers.
 */
final class ModelBuilder {
  /** Layers by owner, in the order of the walk. */
  private final Map<Object, List<Node.Call>> calls = new LinkedHashMap<>();

  /** Calls so that each comes after its inputs. */
  private final List<Node.Call> finished = new ArrayList<>();

  private final Set<Node.Call> visited = new HashSet<>();

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

    List<Node.Call> calls() {
      return nodes.stream().map(Node::call).toList();
    }

    /** The name that a call gets from its key. */
    Optional<String> key(Node.Call call) {
      int place = calls().indexOf(call);
      return structure instanceof Structure.Keyed && place >= 0
          ? Optional.of(structure.names("input").get(place))
          : Optional.empty();
    }
  }

  static Model build(Model.Kind kind, End inputs, End outputs) {
    if (outputs.nodes().isEmpty()) {
      throw new IllegalArgumentException("Model: expected at least one output, got none.");
    }
    ModelBuilder builder = new ModelBuilder();
    outputs.nodes().forEach(node -> builder.walk(node.call()));
    builder.requireInputs(inputs);
    List<Object> order = builder.order(inputs.calls());
    List<NamedLayer> layers = builder.layers(order, inputs);
    return new Model(
        kind, layers, builder.ends(inputs, layers, order), builder.ends(outputs, layers, order));
  }

  private List<Node.Call> calls(Object owner) {
    return calls.getOrDefault(owner, List.of());
  }

  /** Visits a call and what it follows from; without recursion, for networks of any depth. */
  private void walk(Node.Call output) {
    Deque<Visit> open = new ArrayDeque<>();
    enter(output, open);
    while (!open.isEmpty()) {
      Visit visit = open.element();
      if (visit.inputs().hasNext()) {
        enter(visit.inputs().next().call(), open);
      } else {
        calls(open.remove().call().owner()).add(visit.call());
        finished.add(visit.call());
      }
    }
  }

  private void enter(Node.Call call, Deque<Visit> open) {
    if (visited.add(call)) {
      calls.putIfAbsent(call.owner(), new ArrayList<>());
      open.push(new Visit(call, call.inputs().iterator()));
    }
  }

  /** A call, and those of its inputs that are still to be visited. */
  private record Visit(Node.Call call, Iterator<Node> inputs) {}

  private void requireInputs(End inputs) {
    for (Node.Call call : finished) {
      if (call.layer() instanceof Input && !inputs.calls().contains(call)) {
        throw new IllegalArgumentException(
            Visible.of(
                "Model: expected every input of the outputs to be an input of the model, got "
                    + Node.where(call.layer(), call.layer().name())
                    + " "
                    + call.outputs().get(0).shape()
                    + " beside them. Is it left out of Model.of?"));
      }
    }
    Set<Node.Call> seen = new HashSet<>();
    for (Node input : inputs.nodes()) {
      if (!seen.add(input.call())) {
        throw new IllegalArgumentException(
            Visible.of("Model: expected each input once, got " + input + " twice."));
      }
      if (!visited.contains(input.call()) && !(input.layer() instanceof Input)) {
        throw new IllegalArgumentException(
            Visible.of(
                "Model: expected outputs that follow from every input, got none from "
                    + input
                    + "."));
      }
    }
  }

  /** The layers; inputs that nothing follows from come first among those of the least depth. */
  private List<Object> order(List<Node.Call> entries) {
    List<Object> owners = new ArrayList<>();
    for (Node.Call entry : entries) {
      if (visited.add(entry)) {
        calls.put(entry.owner(), new ArrayList<>(List.of(entry)));
        owners.add(entry.owner());
      }
    }
    calls.keySet().stream().filter(owner -> !owners.contains(owner)).forEach(owners::add);
    Map<Object, Integer> depths = depths();
    owners.sort(Comparator.comparing(owner -> -depths.getOrDefault(owner, 0)));
    return owners;
  }

  private Map<Object, Integer> depths() {
    Map<Node.Call, Integer> nodes = new HashMap<>();
    Map<Object, Integer> layers = new HashMap<>();
    for (int i = finished.size() - 1; i >= 0; i--) {
      Node.Call call = finished.get(i);
      int depth = Math.max(nodes.getOrDefault(call, 0), layers.getOrDefault(call.owner(), 0));
      nodes.put(call, depth);
      layers.put(call.owner(), depth);
      call.inputs().forEach(input -> nodes.merge(input.call(), depth + 1, Math::max));
    }
    return layers;
  }

  private List<NamedLayer> layers(List<Object> order, End inputs) {
    List<Layer> layers = order.stream().map(owner -> layer(calls(owner).get(0), inputs)).toList();
    LayerNames names = new LayerNames(layers);
    List<String> given = layers.stream().map(names::next).toList();
    List<NamedLayer> named = new ArrayList<>();
    for (int i = 0; i < order.size(); i++) {
      List<NamedLayer.Call> layerCalls =
          calls(order.get(i)).stream()
              .map(
                  call ->
                      new NamedLayer.Call(
                          call.inputs().stream().map(input -> origin(input, order, given)).toList(),
                          call.arguments(),
                          call.inputs().stream().map(Node::spec).toList(),
                          call.outputs()))
              .toList();
      named.add(new NamedLayer(given.get(i), layers.get(i), layerCalls));
    }
    return List.copyOf(named);
  }

  private static Layer layer(Node.Call call, End inputs) {
    Layer layer = call.layer();
    return layer.name().isPresent() ? layer : inputs.key(call).map(layer::named).orElse(layer);
  }

  private LayerGraph.Ends ends(End end, List<NamedLayer> layers, List<Object> order) {
    List<String> names = layers.stream().map(NamedLayer::name).toList();
    return new LayerGraph.Ends(
        end.nodes().stream().map(node -> origin(node, order, names)).toList(), end.structure());
  }

  private NamedLayer.Origin origin(Node node, List<Object> order, List<String> names) {
    Object owner = node.call().owner();
    return new NamedLayer.Origin(
        names.get(order.indexOf(owner)), calls(owner).indexOf(node.call()), node.index());
  }
}
