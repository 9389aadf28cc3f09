package kerava.saving.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import kerava.Layer;
import kerava.Structure;
import kerava.config.CallArguments;
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

  /**
   * A call of a layer.
   *
   * @param tensors all that it is given, in the order in which the arguments number them
   * @param arguments which argument each is, and those that are no tensors
   */
  record Call(List<Tensor> tensors, CallArguments arguments) {}

  /** What a layer is called with. */
  static Call call(Source call, Layer layer) {
    return new CallReader(layer).read(call);
  }

  /** All tensors in the arguments of an operation. */
  static List<Tensor> operands(Source call) {
    return OperationReader.tensors(call).stream().map(InboundNode::tensor).toList();
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

  static Map<String, JsonNode> fields(JsonNode node) {
    Map<String, JsonNode> fields = new LinkedHashMap<>();
    node.properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
    return fields;
  }

  static Tensor tensor(Source source) {
    if (!source.node().path("class_name").asText().equals("__keras_tensor__")) {
      throw source.refuse("a tensor");
    }
    return triple(source.field("config").field("keras_history"), false);
  }

  static Tensor triple(Source source, boolean counted) {
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
}
