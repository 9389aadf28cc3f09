package kerava.saving.json;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import kerava.Layer;
import kerava.Model;
import kerava.ModelLayer;
import kerava.NamedLayer;
import kerava.Node;
import kerava.SharedLayer;
import kerava.config.CallArguments;
import kerava.config.ConfigException;
import kerava.config.Source;
import kerava.layers.operations.Operation;

/** Puts the layers of a functional model behind each other, as their inbound nodes say. */
final class FunctionalReader {
  private final Source config;
  private final Map<String, Entry> entries = new HashMap<>();
  private final List<Entry> order = new ArrayList<>();

  /** A layer, its calls as the file has them, and those that were made so far. */
  private static final class Entry {
    final ModelReader.ReadLayer layer;
    final Source calls;
    final SharedLayer shared;
    final Optional<SharedLayer> activation;
    final List<Node> made = new ArrayList<>();
    Optional<Waiting> waiting = Optional.empty();

    Entry(ModelReader.ReadLayer layer, Source calls) {
      this.layer = layer;
      this.calls = calls;
      this.shared = SharedLayer.of(layer.layer());
      this.activation = layer.activation().map(SharedLayer::of);
    }

    Node call(CallArguments arguments, List<Node> inputs) {
      Node made = shared.apply(arguments, inputs.toArray(Node[]::new));
      return activation.map(layer -> layer.apply(made)).orElse(made);
    }

    boolean complete() {
      return made.size() == Math.max(1, calls.node().size());
    }
  }

  /** What a layer waits for: that another one was called so often. */
  private record Waiting(Entry origin, int calls) {
    boolean over() {
      return origin.made.size() >= calls;
    }
  }

  FunctionalReader(Source config, List<ModelReader.ReadLayer> layers) {
    this.config = config;
    for (int i = 0; i < layers.size(); i++) {
      Source source = config.field("layers").item(i);
      Entry entry = new Entry(layers.get(i), source.field("inbound_nodes"));
      if (!entry.calls.node().isArray()) {
        throw entry.calls.refuse("a list of calls");
      }
      if (entries.put(entry.layer.name(), entry) != null) {
        throw source.refuse("a name that no other layer has");
      }
      order.add(entry);
    }
  }

  Model read() {
    boolean progress = true;
    while (progress) {
      progress = false;
      for (Entry entry : order) {
        progress |= advance(entry);
      }
    }
    for (Entry entry : order) {
      if (!entry.complete()) {
        throw entry.calls.refuse("calls of layers that follow from the inputs");
      }
    }
    Model model = build();
    Set<String> missing = new HashSet<>(entries.keySet());
    model.layersWithInputs().stream().map(NamedLayer::name).forEach(missing::remove);
    if (!missing.isEmpty()) {
      throw new ConfigException(
          config.path() + ".layers", "layers that lead to the outputs", missing.toString());
    }
    return model;
  }

  private Model build() {
    InboundNode.Ends inputs = InboundNode.ends(config.field("input_layers"));
    InboundNode.Ends outputs = InboundNode.ends(config.field("output_layers"));
    List<Node> first = nodes(inputs);
    List<Node> last = nodes(outputs);
    return ModelReader.refusing(
        config, () -> Model.of(first, inputs.structure(), last, outputs.structure()));
  }

  /** Makes the calls of a layer whose inputs are there, in order; says whether there were any. */
  private boolean advance(Entry entry) {
    boolean progress = false;
    // In a file that has its layers backwards each would be looked at again for each.
    while (!entry.complete() && entry.waiting.map(Waiting::over).orElse(true)) {
      InboundNode.Call call = call(entry);
      Optional<List<Node>> inputs = inputs(entry, call);
      if (inputs.isEmpty()) {
        return progress;
      }
      entry.made.add(
          ModelReader.refusing(entry.calls, () -> entry.call(call.arguments(), inputs.get())));
      progress = true;
    }
    return progress;
  }

  /** The next call of a layer. */
  private static InboundNode.Call call(Entry entry) {
    Layer layer = entry.layer.layer();
    if (entry.calls.node().isEmpty()) {
      return new InboundNode.Call(List.of(), layer.arguments(0));
    }
    Source call = entry.calls.item(entry.made.size());
    if (layer instanceof Operation) {
      List<InboundNode.Tensor> operands = InboundNode.operands(call);
      return new InboundNode.Call(operands, layer.arguments(operands.size()));
    }
    return InboundNode.call(call, layer);
  }

  /** The inputs of a call, if all of them were made. */
  private Optional<List<Node>> inputs(Entry entry, InboundNode.Call call) {
    List<Node> inputs = new ArrayList<>();
    for (InboundNode.Tensor tensor : call.tensors()) {
      Entry origin = entry(tensor);
      int index = tensor.call() - (tensor.counted() && isModel(origin) ? 1 : 0);
      requireIndex(origin, index, tensor);
      if (index >= origin.made.size()) {
        entry.waiting = Optional.of(new Waiting(origin, index + 1));
        return Optional.empty();
      }
      inputs.add(output(origin.made.get(index), tensor));
    }
    return Optional.of(inputs);
  }

  private Entry entry(InboundNode.Tensor tensor) {
    Entry entry = entries.get(tensor.layer());
    if (entry == null) {
      throw new ConfigException(tensor.path(), "the name of a layer", "\"" + tensor.layer() + "\"");
    }
    return entry;
  }

  private static void requireIndex(Entry origin, int index, InboundNode.Tensor tensor) {
    int calls = Math.max(1, origin.calls.node().size());
    if (index < 0 || index >= calls) {
      throw new ConfigException(
          tensor.path(),
          "one of the " + calls + " calls of \"" + tensor.layer() + "\"",
          String.valueOf(tensor.call()));
    }
  }

  private static Node output(Node call, InboundNode.Tensor tensor) {
    int outputs = call.outputs().size();
    if (tensor.output() < 0 || tensor.output() >= outputs) {
      throw new ConfigException(
          tensor.path(),
          "one of the " + outputs + " outputs of \"" + tensor.layer() + "\"",
          String.valueOf(tensor.output()));
    }
    return call.output(tensor.output());
  }

  private static boolean isModel(Entry entry) {
    return entry.layer.layer() instanceof ModelLayer;
  }

  private List<Node> nodes(InboundNode.Ends ends) {
    List<Node> nodes = new ArrayList<>();
    for (InboundNode.Tensor tensor : ends.tensors()) {
      Entry origin = entry(tensor);
      // Keras counts a first call that a functional model has by itself.
      boolean counted =
          origin.layer.layer() instanceof ModelLayer inner
              && (tensor.counted() || inner.model().kind() == Model.Kind.FUNCTIONAL);
      int index = Math.max(0, tensor.call() - (counted ? 1 : 0));
      requireIndex(origin, index, tensor);
      nodes.add(output(origin.made.get(index), tensor));
    }
    return nodes;
  }
}
