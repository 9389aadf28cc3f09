package kerava.layers.preprocessing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.ConfigException;
import kerava.config.Key;
import kerava.config.Source;
import kerava.graph.DType;

/**
 * The number type that a hash is given in, which Keras keeps where other layers have the policy
 * they compute under: int64 for bins, float32 for rows, unless another is said.
 */
final class HashedType {
  private static final List<DType> TYPES = List.of(DType.INT32, DType.INT64, DType.FLOAT32);

  /** The key of the type as a policy, where it is another than the usual one. */
  static final Key<Optional<DType>> POLICY = key(HashedType::policy);

  /** The key of the type by its name, where it is another than the usual one. */
  static final Key<Optional<DType>> NAME =
      key(type -> JsonNodeFactory.instance.textNode(type.toString()));

  private HashedType() {}

  private static Key<Optional<DType>> key(Function<DType, JsonNode> writer) {
    return Key.optional("dtype", Codec.of("one of " + TYPES, writer, HashedType::read)).quiet();
  }

  private static JsonNode policy(DType type) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("module", "keras");
    json.put("class_name", "DTypePolicy");
    json.putObject("config").put("name", type.toString());
    json.putNull("registered_name");
    return json;
  }

  private static DType read(Source source) {
    JsonNode node = source.node();
    String name = (node.isObject() ? node.path("config").path("name") : node).asText();
    return DType.named(name)
        .filter(TYPES::contains)
        .orElseThrow(() -> source.refuse("one of " + TYPES));
  }

  /**
   * The arguments with a type that goes with what comes out.
   *
   * @param bins whether numbers of bins come out, and no rows
   * @throws ConfigException if bins are to be floats
   */
  static Config checked(String owner, Config config, Key<Optional<DType>> key, boolean bins) {
    Optional<DType> said = config.get(key);
    if (bins && said.equals(Optional.of(DType.FLOAT32))) {
      throw new IllegalArgumentException(
          owner + " dtype: expected int32 or int64 where output_mode is INT, got float32.");
    }
    return said.equals(Optional.of(usual(bins))) ? config.with(key, Optional.empty()) : config;
  }

  static DType of(Config config, Key<Optional<DType>> key, boolean bins) {
    return config.get(key).orElse(usual(bins));
  }

  private static DType usual(boolean bins) {
    return bins ? DType.INT64 : DType.FLOAT32;
  }
}
