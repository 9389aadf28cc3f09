package kerava.saving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;
import kerava.config.ConfigException;

/**
 * Operations that a Python model uses beside layers, such as {@code x + 1} and {@code relu(x)},
 * turned into the layers that do the same. Neither has weights.
 */
final class RawOps {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final Map<String, String> ACTIVATIONS =
      Map.of("Relu", "relu", "Relu6", "relu6", "Sigmoid", "sigmoid", "Tanh", "tanh");
  private static final Set<String> MERGES =
      Set.of("Add", "Subtract", "Multiply", "Maximum", "Minimum");

  private RawOps() {}

  static boolean isOne(JsonNode entry) {
    String module = entry.path("module").asText();
    return module.startsWith("keras.src.ops") || module.startsWith("keras.ops");
  }

  /**
   * The entry of a layer in place of that of an operation.
   *
   * @throws ConfigException if no layer does the same
   */
  static ObjectNode layer(JsonNode entry, String path) {
    String op = entry.path("class_name").asText();
    JsonNode args = entry.path("inbound_nodes").path(0).path("args");
    boolean once = entry.path("inbound_nodes").size() == 1 && kwargs(entry).isEmpty();
    if (once && ACTIVATIONS.containsKey(op) && args.size() == 1) {
      ObjectNode config = config(entry);
      config.put("activation", ACTIVATIONS.get(op));
      return entry(entry, "Activation", config, args.get(0));
    }
    if (once && args.size() == 2 && isTensor(args.get(0)) && isTensor(args.get(1))) {
      if (MERGES.contains(op)) {
        ArrayNode both = JSON.arrayNode().add(args.get(0)).add(args.get(1));
        return entry(entry, op, config(entry), both);
      }
    } else if (once && args.size() == 2 && (isTensor(args.get(0)) || isTensor(args.get(1)))) {
      boolean first = isTensor(args.get(0));
      JsonNode number = args.get(first ? 1 : 0);
      double[] line = number.isNumber() ? line(op, number.doubleValue(), first) : new double[0];
      if (line.length == 2) {
        ObjectNode config = config(entry);
        config.put("scale", line[0]).put("offset", line[1]);
        return entry(entry, "Rescaling", config, args.get(first ? 0 : 1));
      }
    }
    throw new ConfigException(
        path + ".class_name", "a layer", "the operation \"" + op + "\", for which there is none");
  }

  /** The scale and the offset that do what an operation with a number does; else nothing. */
  private static double[] line(String op, double number, boolean tensorFirst) {
    return switch (op) {
      case "Add" -> new double[] {1, number};
      case "Multiply" -> new double[] {number, 0};
      case "Subtract" -> tensorFirst ? new double[] {1, -number} : new double[] {-1, number};
      case "TrueDivide", "Divide" ->
          tensorFirst && number != 0 ? new double[] {1 / number, 0} : new double[0];
      default -> new double[0];
    };
  }

  private static JsonNode kwargs(JsonNode entry) {
    return entry.path("inbound_nodes").path(0).path("kwargs");
  }

  private static boolean isTensor(JsonNode node) {
    return node.path("class_name").asText().equals("__keras_tensor__");
  }

  private static ObjectNode config(JsonNode entry) {
    return JSON.objectNode().put("name", entry.path("name").asText());
  }

  private static ObjectNode entry(
      JsonNode old, String layer, ObjectNode config, JsonNode argument) {
    ObjectNode entry = JSON.objectNode();
    entry
        .put("module", "keras.layers")
        .put("class_name", layer)
        .put("name", old.path("name").asText());
    entry.set("config", config);
    ObjectNode call = entry.putArray("inbound_nodes").addObject();
    call.putArray("args").add(argument);
    call.putObject("kwargs");
    return entry;
  }
}
