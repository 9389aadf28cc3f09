package kerava.saving.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import kerava.Structure;
import kerava.config.Source;

/** The calls of layers in the configs of functional models, in the forms of Keras 3 and 2. */
final class InboundNode {
  /**
   * The output of a call.
   *
   * @param layer the name of the layer
   * @param call which call of it
   * @param output which output of that call
   * @param counted whether nested models count a first call that they have by themselves: Keras 2
   * @param source where it stands
   */
  record Tensor(String layer, int call, int output, boolean counted, Source source) {
    String path() {
      return source.path();
    }
  }

  private static final Structure LONE = new Structure.Items(List.of(Structure.of(1)));

  private InboundNode() {}

  /** What a layer is called with. */
  static List<Tensor> tensors(Source call) {
    List<Tensor> tensors = new ArrayList<>();
    if (call.node().isArray()) {
      for (int i = 0; i < call.node().size(); i++) {
        tensors.add(old(call.item(i)));
      }
      return tensors;
    }
    Optional<Source> keyed = keyed(call);
    if (keyed.isPresent()) {
      for (String key : keys(call)) {
        Source item = keyed.get().field(key);
        tensors.add(call.node().has("args") ? tensor(item) : old(item));
      }
      return tensors;
    }
    requireNoArguments(call.field("kwargs"));
    Source args = call.field("args");
    if (!args.node().isArray() || args.node().size() != 1) {
      throw args.refuse("one tensor or one list of tensors");
    }
    Source only = args.item(0);
    if (!only.node().isArray()) {
      return List.of(tensor(only));
    }
    for (int i = 0; i < only.node().size(); i++) {
      tensors.add(tensor(only.item(i)));
    }
    return tensors;
  }

  /** All tensors in the arguments of an operation. */
  static List<Tensor> operands(Source call) {
    return OperationReader.tensors(call).stream().map(InboundNode::tensor).toList();
  }

  /** The sorted keys under which a layer is given its inputs, as models can be; none for others. */
  static List<String> keys(Source call) {
    return keyed(call)
        .map(inputs -> List.copyOf(Structure.sorted(fields(inputs.node())).keySet()))
        .orElse(List.of());
  }

  /** The inputs of a call that are under keys: by Keras 2 the call itself. */
  private static Optional<Source> keyed(Source call) {
    if (!call.node().isObject()) {
      return Optional.empty();
    }
    if (!call.node().has("args")) {
      return Optional.of(call);
    }
    JsonNode args = call.node().path("args");
    boolean keyed = args.size() == 1 && args.path(0).isObject() && !args.path(0).has("class_name");
    return keyed ? Optional.of(call.field("args").item(0)) : Optional.empty();
  }

  /**
   * The inputs or outputs of a model.
   *
   * @param tensors in the order in which Keras counts them
   * @param structure how they are arranged
   */
  record Ends(List<Tensor> tensors, Structure structure) {}

  /** The inputs or outputs of a model: one, a list, or an object of them, in any depth. */
  static Ends ends(Source source) {
    List<Tensor> tensors = new ArrayList<>();
    Structure structure = ends(source, tensors);
    // Until 3.10 Keras wrote a list even of one alone.
    return new Ends(tensors, structure.equals(LONE) ? Structure.of(1) : structure);
  }

  private static Structure ends(Source source, List<Tensor> tensors) {
    JsonNode node = source.node();
    if (node.isObject() && !node.isEmpty()) {
      // Keras flattens them sorted by key, in whatever order the file has them.
      SortedMap<String, Structure> items = Structure.sorted(Map.of());
      for (String key : Structure.sorted(fields(node)).keySet()) {
        items.put(key, ends(source.field(key), tensors));
      }
      return new Structure.Keyed(items);
    }
    if (!node.isArray() || node.isEmpty()) {
      throw source.refuse("at least one [layer, call, output]");
    }
    if (!node.get(0).isContainerNode()) {
      tensors.add(triple(source, false));
      return Structure.of(1);
    }
    List<Structure> items = new ArrayList<>();
    for (int i = 0; i < node.size(); i++) {
      items.add(ends(source.item(i), tensors));
    }
    return new Structure.Items(items);
  }

  private static Map<String, JsonNode> fields(JsonNode node) {
    Map<String, JsonNode> fields = new LinkedHashMap<>();
    node.properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
    return fields;
  }

  /** A tensor as Keras 2 writes it, with further arguments behind it. */
  private static Tensor old(Source item) {
    requireNoArguments(item.node().size() == 4 ? item.item(3) : item.field("kwargs"));
    return triple(item, true);
  }

  private static Tensor tensor(Source source) {
    if (!source.node().path("class_name").asText().equals("__keras_tensor__")) {
      throw source.refuse("a tensor");
    }
    return triple(source.field("config").field("keras_history"), false);
  }

  private static Tensor triple(Source source, boolean counted) {
    JsonNode node = source.node();
    boolean sound =
        node.isArray()
            && node.size() >= 3
            && node.get(0).isTextual()
            && node.get(1).canConvertToInt()
            && node.get(2).canConvertToInt();
    if (!sound) {
      throw source.refuse("[layer, call, output]");
    }
    return new Tensor(
        node.get(0).textValue(), node.get(1).intValue(), node.get(2).intValue(), counted, source);
  }

  /** Nothing, or a list of it: Keras writes a mask for each input of a model within a model. */
  private static boolean isNothing(JsonNode value) {
    return value.isNull()
        || (value.isArray() && value.valueStream().allMatch(InboundNode::isNothing));
  }

  // Keras writes the default of "training" for some layers, and heeds it in none of fit, evaluate
  // and
  // predict, which tell each layer whether they train: 3.12 and before false for each dropout, 3.4
  // and before true for augmentation.
  private static void requireNoArguments(Source kwargs) {
    for (Map.Entry<String, JsonNode> argument : kwargs.node().properties()) {
      JsonNode value = argument.getValue();
      boolean training = argument.getKey().equals("training") && value.isBoolean();
      if (!isNothing(value) && !training) {
        throw kwargs.field(argument.getKey()).refuse("no such argument of a call");
      }
    }
  }
}
