package kerava.saving.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.regex.Pattern;
import kerava.Loss;
import kerava.Metric;
import kerava.config.Catalog;
import kerava.config.Source;

/** Functions that stand for metrics, in compile settings and in Keras' wrapper. */
final class MetricMigration {
  private static final String WRAPPER = "MeanMetricWrapper";

  /** The function is the negative of the metric of that name. */
  private static final String NEGATIVE = "cosine_similarity";

  /** Metrics are in a list, in lists in it, or said by output. */
  private static final Pattern PLACE =
      Pattern.compile(".*\\b(weighted_)?metrics(\\.[^.\\[]+)?(\\[\\d+])*");

  private MetricMigration() {}

  private static boolean isListed(Source source) {
    return PLACE.matcher(source.path()).matches();
  }

  /** A function as its name; among metrics as one that means it, where the name does not. */
  static JsonNode function(Source source, Catalog catalog) {
    JsonNode name = source.node().get("config");
    boolean known =
        !name.textValue().equals(NEGATIVE)
            && catalog.find(Metric.class, name.textValue()).isPresent();
    if (known || !isListed(source)) {
      return name;
    }
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("class_name", WRAPPER);
    ObjectNode config = json.putObject("config");
    config.set("name", name);
    config.set("fn", name);
    return json;
  }

  /**
   * Whether a wrapper is to stay one: those of Keras 3, and of Keras 2 those of functions for which
   * there is no metric.
   */
  static boolean staysWrapper(String className, JsonNode config, Catalog catalog) {
    JsonNode function = config.path("fn");
    boolean lossAlone =
        catalog.find(Metric.class, function.asText()).isEmpty()
            && catalog.find(Loss.class, function.asText()).isPresent();
    return className.equals(WRAPPER) && (function.isObject() || lossAlone);
  }
}
