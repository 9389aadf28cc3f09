package kerava;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import kerava.config.Codec;
import kerava.config.ConfigException;
import kerava.config.Key;
import kerava.config.Schema;
import kerava.config.Source;

/** How layers stand in Keras' JSON, those of images with their channels first among them. */
public final class LayerJson {
  private static final String FORMAT = "data_format";
  private static final Codec<Layer> PLAIN = Codec.object(Layer.class);

  /** A layer in the wrapper that Keras puts around each. */
  public static final Codec<Layer> CODEC = Codec.of("a Keras layer", PLAIN::write, LayerJson::read);

  private LayerJson() {}

  private static Layer read(Source source) {
    JsonNode config = source.node().path("config");
    boolean first = config.path(FORMAT).asText().equals("channels_first");
    if (!first || knowsBoth(source) || !(source.node().deepCopy() instanceof ObjectNode copy)) {
      return PLAIN.read(source);
    }
    copy.set("config", ((ObjectNode) config.deepCopy()).put(FORMAT, "channels_last"));
    Layer last = PLAIN.read(source.with(copy));
    try {
      return ChannelsFirst.of(last);
    } catch (IllegalArgumentException e) {
      String reason = String.valueOf(e.getMessage()).replaceAll("[.?]$", "");
      throw new ConfigException(source.path(), "arguments that go together", reason);
    }
  }

  /** Whether the class sees to the order of the channels itself: its key is no single text. */
  private static boolean knowsBoth(Source source) {
    return source
        .catalog()
        .find(Layer.class, source.node().path("class_name").asText())
        .map(LayerJson::format)
        .orElse(false);
  }

  private static boolean format(Schema<?> schema) {
    return schema.keys().stream()
        .filter(key -> key.name().equals(FORMAT))
        .map(Key::defaultValue)
        .anyMatch(value -> value.isPresent() && !(value.get() instanceof String));
  }
}
