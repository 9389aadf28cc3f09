package kerava.saving.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import kerava.Layer;
import kerava.ModelLayer;
import kerava.Structure;
import kerava.config.CallArguments;
import kerava.config.Source;

/** Reads one call of a layer, in the forms of Keras 3 and 2. */
final class CallReader {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String TENSOR = "__keras_tensor__";

  private final Layer layer;
  private final List<InboundNode.Tensor> tensors = new ArrayList<>();
  private CallArguments arguments = CallArguments.none();

  CallReader(Layer layer) {
    this.layer = layer;
  }

  InboundNode.Call read(Source call) {
    if (call.node().isArray() || !call.node().has("args")) {
      old(call);
    } else {
      positional(call.field("args"));
      named(call.field("kwargs"), this::filled);
    }
    return new InboundNode.Call(List.copyOf(tensors), arguments);
  }

  private void positional(Source args) {
    List<String> names = layer.arguments();
    if (!args.node().isArray() || args.node().size() > names.size()) {
      throw args.refuse(
          names.size() == 1
              ? "one tensor or one list of tensors"
              : "at most the arguments " + names);
    }
    for (int i = 0; i < args.node().size(); i++) {
      put(names.get(i), args.item(i), filled(args.item(i)));
    }
  }

  /** A way to read what stands in the place of an argument. */
  private interface Filling {
    JsonNode of(Source source);
  }

  private void named(Source kwargs, Filling filling) {
    for (Map.Entry<String, JsonNode> argument : kwargs.node().properties()) {
      Source value = kwargs.field(argument.getKey());
      put(argument.getKey(), value, filling.of(value));
    }
  }

  // Keras writes the default of "training" for some layers, and heeds it in none of fit, evaluate
  // and predict, which tell each layer whether they train: 3.12 and before false for each dropout,
  // 3.4 and before true for augmentation.
  private void put(String name, Source source, JsonNode value) {
    if (isNothing(value) || (name.equals("training") && value.isBoolean())) {
      return;
    }
    if (!layer.arguments().contains(name)) {
      throw source.refuse("no such argument of a call");
    }
    if (name.equals(CallArguments.INPUTS) && value.isObject()) {
      requireKeys(source, value);
    }
    arguments = arguments.with(name, value);
  }

  /** Refuses inputs under keys that are not the layer's own, of which Keras may make anything. */
  private void requireKeys(Source source, JsonNode value) {
    boolean tensor = CallArguments.tensor(value).isPresent();
    boolean same =
        layer instanceof ModelLayer inner
            && inner
                .model()
                .inputStructure()
                .equals(Structure.keyed(InboundNode.fields(value).keySet()));
    if (!tensor && !same) {
      throw source.refuse("inputs under the keys of the layer's own, or in a list");
    }
  }

  /** Nothing, or a list of it: Keras writes a mask for each input of a model within a model. */
  private static boolean isNothing(JsonNode value) {
    return value.isNull()
        || (value.isArray() && value.valueStream().allMatch(CallReader::isNothing));
  }

  /** An argument with numbers in the places of the tensors; keys are sorted, as Keras has them. */
  private JsonNode filled(Source source) {
    JsonNode node = source.node();
    if (node.path("class_name").asText().equals(TENSOR)) {
      return numbered(InboundNode.tensor(source));
    }
    if (node.isArray()) {
      ArrayNode items = JSON.arrayNode();
      for (int i = 0; i < node.size(); i++) {
        items.add(filled(source.item(i)));
      }
      return items;
    }
    if (!node.isObject()) {
      return node;
    }
    ObjectNode members = JSON.objectNode();
    for (String key : Structure.sorted(InboundNode.fields(node)).keySet()) {
      members.set(key, filled(source.field(key)));
    }
    return members;
  }

  private ObjectNode numbered(InboundNode.Tensor tensor) {
    tensors.add(tensor);
    return CallArguments.tensor(tensors.size() - 1);
  }

  /** Keras 2: a list of tensors or an object of them, each with further arguments behind it. */
  private void old(Source call) {
    JsonNode node = call.node();
    JsonNode inputs;
    if (node.isArray()) {
      List<ObjectNode> items = new ArrayList<>();
      for (int i = 0; i < node.size(); i++) {
        items.add(oldTensor(call.item(i)));
      }
      inputs = items.size() == 1 ? items.get(0) : JSON.arrayNode().addAll(items);
    } else {
      ObjectNode items = JSON.objectNode();
      for (String key : Structure.sorted(InboundNode.fields(node)).keySet()) {
        items.set(key, oldTensor(call.field(key)));
      }
      inputs = items;
    }
    put(layer.arguments().get(0), call, inputs);
    if (layer instanceof kerava.layers.MergeLayer && arguments.tensors().size() == 1) {
      arguments = layer.arguments(1);
    }
  }

  private ObjectNode oldTensor(Source item) {
    ObjectNode numbered = numbered(InboundNode.triple(item, true));
    if (item.node().size() == 4) {
      named(item.item(3), this::oldArgument);
    }
    return numbered;
  }

  /** Tensors among further arguments are triples, alone or in a list. */
  private JsonNode oldArgument(Source source) {
    JsonNode node = source.node();
    if (!node.isArray() || node.isEmpty()) {
      return node;
    }
    if (node.size() >= 3 && node.get(0).isTextual() && node.get(1).isInt()) {
      return numbered(InboundNode.triple(source, true));
    }
    ArrayNode items = JSON.arrayNode();
    for (int i = 0; i < node.size(); i++) {
      items.add(oldArgument(source.item(i)));
    }
    return items;
  }
}
