package kerava.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import kerava.Loss;
import kerava.Metric;
import kerava.config.Codec;
import kerava.config.Configured;
import kerava.config.Source;

/**
 * What {@link MeanMetricWrapper} takes the mean of.
 *
 * @param name the name of Keras' function
 * @param does the metric or the loss that computes it
 */
record WrappedFunction(String name, Configured does) {
  private static final String FUNCTION = "function";

  /** Of both names Keras has a metric and a function; the function is the negative. */
  private static final String NEGATIVE = "cosine_similarity";

  private static final Codec<Loss> LOSS = Codec.object(Loss.class);
  private static final Codec<Metric> METRIC = Codec.object(Metric.class);

  /**
   * How it stands in a config: as Keras writes a function. A loss that is an object is refused:
   * Keras takes the mean of its numbers over batches, which depends on how large they are.
   */
  static Codec<WrappedFunction> codec() {
    return Codec.of("a function of Keras", WrappedFunction::write, WrappedFunction::read);
  }

  private static JsonNode write(WrappedFunction function) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("module", "builtins");
    json.put("class_name", FUNCTION);
    json.put("config", function.name);
    json.put("registered_name", FUNCTION);
    return json;
  }

  private static WrappedFunction read(Source source) {
    JsonNode node = source.node();
    boolean object = node.path("class_name").asText().equals(FUNCTION);
    JsonNode name = object ? node.path("config") : node;
    if (!name.isTextual()) {
      throw source.refuse("a function of Keras, and no object");
    }
    return named(source.with(TextNode.valueOf(name.textValue())));
  }

  private static WrappedFunction named(Source source) {
    String name = source.node().textValue();
    boolean metric =
        !name.equals(NEGATIVE) && source.catalog().find(Metric.class, name).isPresent();
    Configured does = metric ? METRIC.read(source) : LOSS.read(source);
    return new WrappedFunction(name, does);
  }
}
