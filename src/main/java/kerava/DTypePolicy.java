package kerava;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import kerava.config.Codec;
import kerava.config.ConfigException;
import kerava.config.Source;
import org.tensorflow.types.TBfloat16;
import org.tensorflow.types.TFloat16;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TFloating;

/**
 * In which number type a layer computes. Its weights, the loss and the optimizer are float32 under
 * each policy.
 *
 * <p>Under a mixed policy a layer brings its inputs and weights to 16 bits, and gives 16 bits.
 * Products (dense layers and convolutions) are computed in 16 bits; normalizations, and all layers
 * that know only float32, compute in float32 and round what they give.
 *
 * @see <a href="https://keras.io/api/mixed_precision/policy/">Keras: mixed precision policies</a>
 */
public enum DTypePolicy {
  /** All in float32, the default. */
  FLOAT32(TFloat32.class),
  /** In bfloat16: the range of float32 with 8 significant bits. For CPUs and GPUs that have it. */
  MIXED_BFLOAT16(TBfloat16.class),
  /**
   * In float16: 11 significant bits, numbers from 6e-8 to 65504. For GPUs; gradients need {@link
   * LossScaling}.
   */
  MIXED_FLOAT16(TFloat16.class);

  private static final String EXPECTED =
      "one of "
          + Arrays.stream(values()).map(DTypePolicy::kerasName).collect(Collectors.joining(", "))
          + " (weights are float32)";

  /** How a policy stands in a config: as an object, or read also as its name. */
  static final Codec<DTypePolicy> CODEC =
      Codec.of(EXPECTED, DTypePolicy::toJson, DTypePolicy::read);

  // Keras 3's two names, then those of Keras 2.
  private static final List<String> CLASSES =
      List.of("DTypePolicy", "FloatDTypePolicy", "Policy", "PolicyV1");

  private final Class<? extends TFloating> computeType;

  DTypePolicy(Class<? extends TFloating> computeType) {
    this.computeType = computeType;
  }

  /** The name of the policy in Keras: {@code mixed_bfloat16}. */
  public String kerasName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The number type of what a layer computes. */
  public Class<? extends TFloating> computeType() {
    return computeType;
  }

  /** The policy as Keras writes it. */
  public JsonNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("module", "keras");
    json.put("class_name", "DTypePolicy");
    json.putObject("config").put("name", kerasName());
    json.putNull("registered_name");
    return json;
  }

  private static DTypePolicy read(Source source) {
    JsonNode node = source.node();
    if (node.isNull()) {
      return FLOAT32;
    }
    boolean policy = node.isObject() && CLASSES.contains(node.path("class_name").asText());
    String name = (policy ? node.path("config").path("name") : node).asText();
    return Arrays.stream(values())
        .filter(value -> value.kerasName().equals(name))
        .findFirst()
        .orElseThrow(() -> refused(source, name));
  }

  /** Names the policy, or how the weights of a quantized layer are kept. */
  private static ConfigException refused(Source source, String name) {
    JsonNode mode = source.node().path("config").path("mode");
    if (mode.isTextual()) {
      return new ConfigException(
          source.path(),
          "a layer that is not quantized, since Kerava reads none of those",
          '"' + mode.textValue() + '"');
    }
    return name.isEmpty()
        ? source.refuse(EXPECTED)
        : new ConfigException(source.path(), EXPECTED, '"' + name + '"');
  }
}
