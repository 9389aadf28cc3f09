package kerava.saving.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kerava.Layer;
import kerava.config.ConfigException;
import kerava.config.Source;
import kerava.layers.operations.Operation;

/**
 * Reads the operations that a Python model uses beside layers, such as {@code x + 1} and {@code
 * keras.ops.mean(x, axis=1)}.
 */
final class OperationReader {
  /** How {@link Operation#of} says that there is none of a name. */
  private static final Pattern EXPECTED = Pattern.compile("operation: expected (.*), got (.*)");

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String TENSOR = "__keras_tensor__";

  private OperationReader() {}

  static boolean isOne(JsonNode entry) {
    String module = entry.path("module").asText();
    return module.startsWith("keras.src.ops") || module.startsWith("keras.ops");
  }

  /** Reads an operation, in {@link ConfigMigration plain} form. */
  static ModelReader.ReadLayer read(Source entry) {
    Source calls = entry.field("inbound_nodes");
    if (!calls.node().isArray() || calls.node().isEmpty()) {
      throw calls.refuse("a call of the operation");
    }
    String name =
        entry.node().path("name").asText(entry.field("config").field("name").node().asText());
    ObjectNode made = object(entry.field("config").node());
    made.remove("name");
    Operation first = operation(entry, made, calls.item(0));
    for (int i = 1; i < calls.node().size(); i++) {
      if (!first.equals(operation(entry, made, calls.item(i)))) {
        throw calls.item(i).refuse("the arguments of the first call");
      }
    }
    Layer layer = first.named(name);
    return ModelReader.ReadLayer.of(name, layer);
  }

  private static Operation operation(Source entry, ObjectNode made, Source call) {
    Filling filling = new Filling();
    JsonNode args = filling.of(call.field("args").node());
    JsonNode kwargs = filling.of(call.field("kwargs").node());
    String className = entry.node().path("class_name").asText();
    try {
      return Operation.of(
          className,
          made,
          args instanceof ArrayNode list ? list : JSON.arrayNode(),
          object(kwargs));
    } catch (ConfigException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      String reason = String.valueOf(e.getMessage()).replaceAll("\\.$", "");
      Matcher words = EXPECTED.matcher(reason);
      throw words.matches()
          ? new ConfigException(entry.path() + ".class_name", words.group(1), words.group(2))
          : new ConfigException(entry.path() + ".class_name", "an operation to read", reason);
    }
  }

  private static ObjectNode object(JsonNode node) {
    return node instanceof ObjectNode object ? object.deepCopy() : JSON.objectNode();
  }

  /** The tensors in the arguments of a call, at any depth, in their order. */
  static List<Source> tensors(Source call) {
    List<Source> tensors = new ArrayList<>();
    collect(call.field("args"), tensors);
    collect(call.field("kwargs"), tensors);
    return tensors;
  }

  private static void collect(Source source, List<Source> tensors) {
    if (source.node().path("class_name").asText().equals(TENSOR)) {
      tensors.add(source);
    } else if (source.node().isArray()) {
      for (int i = 0; i < source.node().size(); i++) {
        collect(source.item(i), tensors);
      }
    } else if (source.node().isObject()) {
      source.node().fieldNames().forEachRemaining(name -> collect(source.field(name), tensors));
    }
  }

  /** Puts numbers in the places of tensors. */
  private static final class Filling {
    private int next;

    JsonNode of(JsonNode node) {
      if (node.path("class_name").asText().equals(TENSOR)) {
        return Operation.tensor(next++);
      }
      if (node.isArray()) {
        ArrayNode items = JSON.arrayNode();
        node.forEach(item -> items.add(of(item)));
        return items;
      }
      if (!node.isObject()) {
        return node;
      }
      ObjectNode members = JSON.objectNode();
      for (Map.Entry<String, JsonNode> member : node.properties()) {
        members.set(member.getKey(), of(member.getValue()));
      }
      return members;
    }
  }
}
