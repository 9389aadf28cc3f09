package kerava.layers.preprocessing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import kerava.Golden;
import kerava.Input;
import kerava.Layer;
import kerava.Model;
import kerava.Node;
import kerava.TestDevice;
import kerava.config.CallArguments;
import kerava.config.Source;
import kerava.graph.Array;
import kerava.graph.DType;
import kerava.graph.Weights;
import kerava.layers.KerasConfig;
import kerava.train.Predictor;

/** A call of a layer with values of any type, as Keras made it; tools/golden/preprocessing.py. */
public record TypedCase(JsonNode json) {
  static List<TypedCase> all() {
    return StreamSupport.stream(Golden.read("preprocessing.json").get("cases").spliterator(), false)
        .map(TypedCase::new)
        .toList();
  }

  static TypedCase named(String name) {
    return all().stream().filter(each -> each.toString().equals(name)).findFirst().orElseThrow();
  }

  String className() {
    return json.get("class_name").asText();
  }

  JsonNode written() {
    return json.get("written");
  }

  Layer read(JsonNode config) {
    return (Layer)
        KerasConfig.CATALOG
            .find(Layer.class, className())
            .orElseThrow()
            .read(Source.root(config, KerasConfig.CATALOG));
  }

  /** Whether the layer learned from data. */
  boolean learns() {
    return json.has("before");
  }

  Array array(String key) {
    return array(json.get(key));
  }

  /** An array of any type. */
  public static Array array(JsonNode node) {
    JsonNode data = node.get("data");
    long[] shape =
        StreamSupport.stream(node.get("shape").spliterator(), false)
            .mapToLong(JsonNode::asLong)
            .toArray();
    IntStream places = IntStream.range(0, data.size());
    return switch (node.get("dtype").asText()) {
      case "string" ->
          Array.of(places.mapToObj(i -> data.get(i).asText()).toArray(String[]::new), shape);
      case "int64" -> Array.of(places.mapToLong(i -> data.get(i).longValue()).toArray(), shape);
      case "int32" -> Array.of(places.map(i -> data.get(i).intValue()).toArray(), shape);
      case "uint8", "bool" -> {
        byte[] bytes = new byte[data.size()];
        places.forEach(i -> bytes[i] = (byte) data.get(i).intValue());
        yield Array.of(bytes, shape);
      }
      case "float32" -> Array.of(Golden.floats(data), shape);
      default -> throw new AssertionError(node.get("dtype"));
    };
  }

  /** A model of the layer alone, behind inputs like those of the call. */
  Model model(Layer layer) {
    List<Node> inputs = new ArrayList<>();
    for (JsonNode each : json.get("inputs")) {
      long[] shape = array(each).shape().asArray();
      inputs.add(
          Input.of(
              DType.named(each.get("dtype").asText()).orElseThrow(),
              java.util.Arrays.copyOfRange(shape, 1, shape.length)));
    }
    Node[] nodes = inputs.toArray(Node[]::new);
    return Model.of(
        inputs,
        List.of(
            json.get("weighted").asBoolean()
                ? layer.apply(CallArguments.each(layer.arguments()), nodes)
                : layer.apply(nodes)));
  }

  /** What the layer gives in a predictor, for the inputs of the call. */
  Array predict(Model model) {
    List<Array> inputs = new ArrayList<>();
    json.get("inputs").forEach(each -> inputs.add(array(each)));
    Map<String, Array> named = new LinkedHashMap<>();
    for (int i = 0; i < inputs.size(); i++) {
      named.put(model.inputNames().get(i), inputs.get(i));
    }
    try (Predictor predictor = Predictor.of(model, Weights.none(), TestDevice.get())) {
      return predictor.predict(named).values().iterator().next();
    }
  }

  @Override
  public String toString() {
    return json.get("name").asText();
  }
}
