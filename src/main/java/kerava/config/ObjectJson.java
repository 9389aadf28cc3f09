package kerava.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/** Objects inside a config, in the wrapper that Keras puts around each. */
final class ObjectJson {
  private ObjectJson() {}

  static String expected(Class<?> kind) {
    return "a Keras " + kind.getSimpleName().toLowerCase(Locale.ROOT);
  }

  static JsonNode write(Configured value) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("module", value.schema().module());
    json.put("class_name", value.schema().className());
    json.set("config", value.schema().write(value.config()));
    json.putNull("registered_name");
    return json;
  }

  static <K extends Configured> K read(Source source, Class<K> kind) {
    JsonNode node = source.node();
    if (node.isTextual()) {
      return kind.cast(schema(source, kind).readDefault(source));
    }
    if (!node.isObject() || !node.path("class_name").isTextual()) {
      throw source.refuse(expected(kind));
    }
    Schema<?> schema = schema(source.field("class_name"), kind);
    if (node.path("config").isMissingNode()) {
      return kind.cast(schema.readDefault(source));
    }
    return kind.cast(schema.read(source.field("config")));
  }

  private static ConfigException unknown(Source name, Class<?> kind) {
    String given = name.node().asText();
    return name.refuse(Nearest.oneOf(given, name.catalog().names(kind)));
  }

  private static Schema<?> schema(Source name, Class<?> kind) {
    return name.catalog()
        .find(kind, name.node().textValue())
        .orElseThrow(() -> unknown(name, kind));
  }
}
