package kerava;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import kerava.config.Codec;
import kerava.config.Key;
import kerava.config.Source;

/** The number type of losses and metrics, as Keras writes it: a name or a policy object. */
final class Float32 {
  private static final String NAME = "float32";

  /** The key; not written, because a loss had none before Keras 3. */
  static final Key<String> KEY = Key.only("dtype", codec(), NAME).quiet();

  private Float32() {}

  private static Codec<String> codec() {
    return Codec.of("a number type", JsonNodeFactory.instance::textNode, Float32::read);
  }

  private static String read(Source source) {
    JsonNode node = source.node();
    if (node.isNull()) {
      return NAME;
    }
    JsonNode name = node.isObject() ? node.path("config").path("name") : node;
    if (!name.isTextual()) {
      throw source.refuse("only \"float32\" (Kerava supports no other)");
    }
    return name.textValue();
  }
}
