package kerava.layers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kerava.Golden;
import kerava.graph.Array;

/**
 * What Keras gave for one call of a layer.
 *
 * @param name tells it from the others
 * @param className of the layer
 * @param config the layer's config as Keras writes it
 * @param training whether it was a call for training; JSON's null if Keras was not told
 * @param json the rest
 */
record GoldenCase(
    String name, String className, JsonNode config, JsonNode training, JsonNode json) {

  /** All cases: those that came with the project's fixtures and those of tools/golden. */
  static List<GoldenCase> all() {
    JsonNode own = resource("layers.json");
    Map<String, JsonNode> configs = new HashMap<>();
    own.get("known").forEach(known -> configs.put(text(known, "name"), known.get("written")));
    List<GoldenCase> cases = new ArrayList<>();
    for (JsonNode json : resource("keras_goldens.json").get("cases")) {
      if (text(json, "kind").equals("layer")) {
        cases.add(of(json, configs.get(text(json, "name"))));
      } else if (text(json, "kind").equals("merge")) {
        cases.add(of(json, new ObjectMapper().createObjectNode()));
      }
    }
    for (String file : Golden.LAYERS) {
      resource(file).get("cases").forEach(json -> cases.add(of(json, json.get("written"))));
    }
    return cases;
  }

  /** A case, and the layer's config as Keras writes it. */
  static GoldenCase of(JsonNode json, JsonNode config) {
    return new GoldenCase(
        text(json, "name"), text(json, "class_name"), config, json.path("training"), json);
  }

  /** A JSON file of this folder. */
  static JsonNode resource(String name) {
    return Golden.read(name);
  }

  private static String text(JsonNode json, String field) {
    return json.get(field).asText();
  }

  boolean toldTraining() {
    return training.isBoolean();
  }

  /** The inputs of the call. */
  List<Array> inputs() {
    return json.has("input") ? List.of(array(json.get("input"))) : arrays("inputs");
  }

  /** The layer's weights before the call, in Keras' order. */
  Map<String, Array> weights() {
    return named("weights");
  }

  /** The layer's weights after the call. */
  Map<String, Array> weightsAfter() {
    return named("weights_after");
  }

  /** What Keras drew, by the names of the draws in Kerava's graph. */
  Map<String, Array> draws() {
    Map<String, Array> draws = new LinkedHashMap<>();
    json.path("draws").forEach(draw -> draws.put(text(draw, "name"), draw(draw)));
    return draws;
  }

  private static Array draw(JsonNode json) {
    Array floats = array(json);
    return text(json, "dtype").equals("int32") ? whole(floats) : floats;
  }

  private static Array whole(Array array) {
    int[] numbers = new int[array.floats().length];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = Math.round(array.floats()[i]);
    }
    return Array.of(numbers, array.shape().asArray());
  }

  Array output() {
    return array(json.get("output"));
  }

  boolean hasGradients() {
    return json.has("upstream_grad");
  }

  /** What the output was weighted with before it was summed and differentiated. */
  Array upstream() {
    return array(json.get("upstream_grad"));
  }

  List<Array> inputGradients() {
    return json.has("grad_input") ? List.of(array(json.get("grad_input"))) : arrays("grad_inputs");
  }

  Map<String, Array> weightGradients() {
    return named("grad_weights");
  }

  private List<Array> arrays(String field) {
    List<Array> arrays = new ArrayList<>();
    json.get(field).forEach(node -> arrays.add(array(node)));
    return arrays;
  }

  private Map<String, Array> named(String field) {
    Map<String, Array> arrays = new LinkedHashMap<>();
    json.path(field)
        .properties()
        .forEach(entry -> arrays.put(entry.getKey(), array(entry.getValue())));
    return arrays;
  }

  static Array array(JsonNode node) {
    long[] shape = new long[node.get("shape").size()];
    for (int i = 0; i < shape.length; i++) {
      shape[i] = node.get("shape").get(i).asLong();
    }
    float[] values = new float[node.get("data").size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) node.get("data").get(i).asDouble();
    }
    return Array.of(values, shape);
  }

  @Override
  public String toString() {
    return name;
  }
}
