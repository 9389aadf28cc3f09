package kerava.saving;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import kerava.config.ConfigException;

/** The values with which keys of Keras' configs say nothing that Kerava would have to know. */
final class Silent {
  private static final Set<String> POLICIES = Set.of("float32", "mixed_float16", "mixed_bfloat16");
  private static final Predicate<JsonNode> ANY = value -> true;
  private static final Predicate<JsonNode> NULL = JsonNode::isNull;
  private static final Predicate<JsonNode> FALSE =
      value -> value.isNull() || (value.isBoolean() && !value.booleanValue());
  private static final Predicate<JsonNode> ZERO =
      value -> value.isNull() || (value.isNumber() && value.doubleValue() == 0);

  private static final Map<String, Predicate<JsonNode>> VALUES =
      Map.ofEntries(
          // What speeds computing up, or names things, and changes no number.
          Map.entry("name", JsonNode::isTextual),
          Map.entry("jit_compile", ANY),
          Map.entry("is_legacy_optimizer", ANY),
          Map.entry("autocast", ANY),
          Map.entry("synchronized", FALSE),
          Map.entry("fused", ANY),
          // Keras 2 repeats the shape of the input in the first layer.
          Map.entry("batch_input_shape", ANY),
          // Keys that came late, with their defaults.
          Map.entry("ragged", FALSE),
          Map.entry("sparse", FALSE),
          Map.entry("optional", FALSE),
          Map.entry("quantization_config", NULL),
          Map.entry("input_axes", NULL),
          Map.entry("output_axes", NULL),
          Map.entry("renorm", FALSE),
          Map.entry("renorm_clipping", NULL),
          Map.entry("renorm_momentum", ANY),
          Map.entry("virtual_batch_size", NULL),
          Map.entry("adjustment", NULL),
          Map.entry("lora_rank", NULL),
          Map.entry("data_format", value -> value.isNull() || is(value, "channels_last")),
          // Options of optimizers that are off.
          Map.entry("decay", ZERO),
          Map.entry("use_ema", FALSE),
          Map.entry("ema_overwrite_frequency", NULL),
          Map.entry("loss_scale_factor", NULL),
          Map.entry("gradient_accumulation_steps", NULL),
          // Options of layers, losses and metrics that are off.
          Map.entry("activity_regularizer", NULL),
          Map.entry("noise_shape", NULL),
          Map.entry("seed", NULL),
          Map.entry("ignore_class", NULL),
          Map.entry("label_smoothing", ZERO),
          Map.entry("trainable", value -> value.isBoolean() && value.booleanValue()));

  private Silent() {}

  /**
   * Whether a key may be left out.
   *
   * @throws ConfigException if it asks for numbers of a type that weights do not have
   */
  static boolean isSilent(String key, JsonNode value, String path) {
    if (key.equals("dtype")) {
      requirePolicy(value, path + ".dtype");
      return true;
    }
    // Says nothing unless use_ema is on, which is refused by its own name.
    return key.equals("ema_momentum") || VALUES.getOrDefault(key, any -> false).test(value);
  }

  // Under mixed precision weights are float32 in the file; only computing was in halves.
  private static void requirePolicy(JsonNode value, String path) {
    JsonNode name = value.isObject() ? value.path("config").path("name") : value;
    if (!value.isNull() && !POLICIES.contains(name.asText())) {
      throw new ConfigException(path, "one of " + POLICIES, name.toString());
    }
  }

  private static boolean is(JsonNode value, String text) {
    return value.isTextual() && value.textValue().equals(text);
  }
}
