package kerava.saving.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import kerava.Layer;
import kerava.Loss;
import kerava.Metric;
import kerava.Optimizer;
import kerava.Schedule;
import kerava.config.Catalog;
import kerava.config.ConfigException;
import kerava.config.Configured;
import kerava.config.Key;
import kerava.config.Schema;
import kerava.config.Source;
import kerava.constraints.Constraint;
import kerava.initializers.Initializer;
import kerava.regularizers.Regularizer;

/**
 * Turns what the versions of Keras write into the one form that Kerava's schemas read.
 *
 * <p>Keys that a schema does not know are left out where they say nothing: where they hold the only
 * value that means what Kerava does. With any other value they stay, and are refused by name.
 */
public final class ConfigMigration {
  /** The types that stand in files, each with a catalog of classes of its own. */
  public static final List<Class<? extends Configured>> KINDS =
      List.of(
          Layer.class,
          Initializer.class,
          Regularizer.class,
          Constraint.class,
          Loss.class,
          Metric.class,
          Optimizer.class,
          Schedule.class);

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private static final Set<String> WRAPPERS = Set.of("MeanMetricWrapper", "LossFunctionWrapper");

  private final Catalog catalog;

  /**
   * A migration of documents.
   *
   * @param catalog the classes that they may name
   */
  public ConfigMigration(Catalog catalog) {
    this.catalog = catalog;
  }

  /** The same document in Kerava's form; its paths stay the same. */
  public JsonNode plain(JsonNode node, String path) {
    return plain(new Source(node, path, catalog));
  }

  private JsonNode plain(Source source) {
    if (source.node().isArray()) {
      return array(source);
    }
    return source.node().isObject() ? object(source) : source.node();
  }

  private JsonNode array(Source source) {
    ArrayNode items = JSON.arrayNode();
    for (int i = 0; i < source.node().size(); i++) {
      items.add(plain(source.item(i)));
    }
    return items;
  }

  private JsonNode object(Source source) {
    JsonNode node = source.node();
    String className = node.path("class_name").asText();
    if (className.equals("__tuple__")) {
      return array(source.field("items"));
    }
    refuseCode(source, className);
    if (className.equals("function") && node.path("config").isTextual()) {
      return MetricMigration.function(source, catalog);
    }
    if (WRAPPERS.contains(className)
        && node.path("config") instanceof ObjectNode config
        && !MetricMigration.staysWrapper(className, config, catalog)) {
      return wrapped(source, config);
    }
    // Until 2.2 the config of Keras' sequential models was the list of their layers.
    if (className.equals("Sequential") && node.path("config").isArray()) {
      ObjectNode sequential = ((ObjectNode) node).deepCopy();
      sequential.putObject("config").set("layers", node.get("config"));
      return object(source.with(sequential));
    }
    ObjectNode plain = JSON.objectNode();
    for (Map.Entry<String, JsonNode> member : node.properties()) {
      plain.set(member.getKey(), plain(source.field(member.getKey())));
    }
    plain.remove("shared_object_id");
    if (OperationReader.isOne(node)) {
      return plain;
    }
    if (plain.path("config") instanceof ObjectNode config && !className.isEmpty()) {
      plain.put("class_name", bare(source.with(plain)));
      Optional<Schema<?>> schema = schema(plain.path("class_name").asText());
      adapt(source.field("config").with(config), config, schema);
    }
    return plain;
  }

  /** What Keras 2 made of a function, and often of the word "accuracy". */
  private JsonNode wrapped(Source source, ObjectNode wrapper) {
    JsonNode name = wrapper.path("name");
    if (name.asText().equals("accuracy") || name.asText().equals("acc")) {
      return name;
    }
    ObjectNode config = wrapper.deepCopy();
    ObjectNode json = JSON.objectNode();
    json.put("class_name", config.path("fn").asText());
    config.remove("fn");
    json.set("config", config);
    return plain(source.with(json));
  }

  private static void refuseCode(Source source, String className) {
    boolean code = className.equals("__lambda__") || className.equals("Lambda");
    if (code || (className.equals("function") && !source.node().path("config").isTextual())) {
      throw new ConfigException(
          source.path() + ".class_name",
          "an object without code",
          "\"" + className + "\". Kerava never runs code that a file carries");
    }
    if (className.equals("TFSMLayer")) {
      throw new ConfigException(
          source.path() + ".class_name",
          "a layer that the file itself holds",
          "\"TFSMLayer\". Of a folder that you trust, TFSMLayer.of makes one");
    }
  }

  /** The class name without the package that a class was registered under. */
  private String bare(Source source) {
    JsonNode node = source.node();
    String className = node.path("class_name").asText();
    String registered = node.path("registered_name").asText("");
    String name = className.substring(className.lastIndexOf('>') + 1);
    String owner = registered.contains(">") ? registered.substring(0, registered.indexOf('>')) : "";
    if (!owner.isEmpty()) {
      boolean known = schema(name).map(schema -> schema.module().equals(owner)).orElse(false);
      if (!known) {
        throw new ConfigException(
            source.path() + ".registered_name",
            "a class that the registry knows",
            "\"" + registered + "\". A class of your own is added with Registry.with");
      }
    }
    return name;
  }

  private Optional<Schema<?>> schema(String className) {
    for (Class<? extends Configured> kind : KINDS) {
      Optional<Schema<?>> found = catalog.find(kind, className);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private static void adapt(Source source, ObjectNode config, Optional<Schema<?>> schema) {
    if (config.has("batch_input_shape") && knows(schema, "batch_shape")) {
      config.set("batch_shape", config.remove("batch_input_shape"));
    }
    // Of classes that are not known nothing is: their keys may be none of Keras 1.
    schema.ifPresent(
        known ->
            Keras2Keys.rename(
                config, known.className(), known.keys().stream().map(Key::name).toList(), source));
    // Keras 2's word for the reduction of a loss that is not told another.
    if (config.path("reduction").asText().equals("auto")) {
      config.put("reduction", "sum_over_batch_size");
    }
    List<String> ignorable = new ArrayList<>();
    for (Map.Entry<String, JsonNode> key : config.properties()) {
      boolean unknown = schema.isPresent() && !knows(schema, key.getKey());
      if (unknown && IgnorableKeys.isIgnorable(key.getKey(), key.getValue(), source)) {
        ignorable.add(key.getKey());
      }
    }
    config.remove(ignorable);
  }

  private static boolean knows(Optional<Schema<?>> schema, String key) {
    return schema
        .map(known -> known.keys().stream().anyMatch(k -> k.name().equals(key)))
        .orElse(false);
  }
}
