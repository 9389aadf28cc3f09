package kerava.saving;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import kerava.Golden;
import kerava.Model;
import kerava.data.Dataset;
import kerava.graph.Array;
import kerava.graph.DType;
import kerava.graph.Mode;
import kerava.graph.Tensors;
import kerava.graph.Weights;
import org.tensorflow.Tensor;

/**
 * A model with inputs and outputs of any type, as {@code tools/golden/attention.py} writes them,
 * and what Keras made of it.
 */
record TypedModel(String name, JsonNode json) {
  /** The cases of a file. */
  static List<TypedModel> all(String file) {
    return Golden.items(Golden.read(file).get("cases")).stream()
        .map(json -> new TypedModel(json.get("name").asText(), json))
        .toList();
  }

  /** The model as Keras wrote it. */
  Model model() {
    return ModelJson.model(json.get("model"));
  }

  /** What the call was for. */
  Mode mode() {
    return json.get("training").asBoolean() ? Mode.TRAIN : Mode.INFER;
  }

  /** What the model is fed, to be closed. */
  List<Tensor> inputs() {
    return Golden.items(json.get("inputs")).stream().map(TypedModel::tensor).toList();
  }

  /** The weights before the call. */
  Weights weights() {
    return Weights.of(named("weights"));
  }

  /** Arrays by the names of weights. */
  Map<String, Array> named(String field) {
    Map<String, Array> arrays = new LinkedHashMap<>();
    json.get(field).properties().forEach(each -> arrays.put(each.getKey(), array(each)));
    return arrays;
  }

  /** The only input and the labels of a training; whole numbers as the floats that they are. */
  Dataset dataset() {
    return Dataset.of(array(json.get("inputs").get(0)), whole(json.get("labels")));
  }

  private static Array array(Map.Entry<String, JsonNode> named) {
    return array(named.getValue());
  }

  /** The types of the outputs. */
  List<String> types() {
    return Golden.items(json.get("outputs")).stream().map(x -> x.get("dtype").asText()).toList();
  }

  /** All that Keras gave, by what it is; truths as numbers. */
  Map<String, Array> results() {
    Map<String, Array> all = new TreeMap<>();
    put(all, "output", json.get("outputs"));
    put(all, "mask", json.get("masks"));
    put(all, "gradient", json.get("gradients"));
    for (String field : List.of("weight_gradients", "weights_after")) {
      for (Map.Entry<String, JsonNode> each : json.get(field).properties()) {
        if (!each.getValue().isNull()) {
          all.put(field + " " + each.getKey(), array(each));
        }
      }
    }
    return all;
  }

  private static void put(Map<String, Array> all, String what, JsonNode list) {
    for (int i = 0; i < list.size(); i++) {
      if (!list.get(i).isNull()) {
        all.put(what + " " + i, array(list.get(i)));
      }
    }
  }

  private static Tensor tensor(JsonNode json) {
    DType type = DType.named(json.get("dtype").asText()).orElseThrow();
    return switch (type) {
      case BOOL -> Tensors.truths(whole(json).to(Array.Type.UINT8));
      case UINT8 -> Tensors.of(whole(json).to(Array.Type.UINT8));
      case INT32 -> Tensors.of(whole(json));
      case INT64 -> Tensors.of(whole(json).to(Array.Type.INT64));
      default -> Tensors.of(array(json));
    };
  }

  private static Array whole(JsonNode json) {
    int[] numbers = Golden.items(json.get("data")).stream().mapToInt(JsonNode::asInt).toArray();
    return Array.of(numbers, array(json).shape().asArray());
  }

  private static Array array(JsonNode json) {
    long[] shape = Golden.items(json.get("shape")).stream().mapToLong(JsonNode::asLong).toArray();
    if (!json.path("dtype").asText().equals("string")) {
      return Array.of(Golden.floats(json.get("data")), shape);
    }
    return Array.of(
        Golden.items(json.get("data")).stream().map(JsonNode::asText).toArray(String[]::new),
        shape);
  }

  @Override
  public String toString() {
    return name;
  }
}
