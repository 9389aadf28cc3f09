package kerava.saving.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import kerava.config.ConfigException;
import kerava.config.Source;

/** The values with which keys of Keras' configs say nothing that Kerava would have to know. */
final class IgnorableKeys {
  private static final Set<String> POLICIES = Set.of("float32", "mixed_float16", "mixed_bfloat16");
  private static final Map<String, Predicate<JsonNode>> VALUES =
      Map.ofEntries(
          // What speeds computing up, or names things, and changes no number.
          Map.entry("name", JsonNode::isTextual),
          Map.entry("jit_compile", any -> true),
          Map.entry("is_legacy_optimizer", any -> true),
          Map.entry("autocast", any -> true),
          Map.entry("synchronized", IgnorableKeys::isOff),
          Map.entry("fused", any -> true),
          // Keras 2 repeats the shape of the input in the first layer.
          Map.entry("batch_input_shape", any -> true),
          // Keys that came late, with their defaults.
          Map.entry("ragged", IgnorableKeys::isOff),
          Map.entry("sparse", IgnorableKeys::isOff),
          Map.entry("optional", IgnorableKeys::isOff),
          Map.entry("quantization_config", JsonNode::isNull),
          Map.entry("input_axes", JsonNode::isNull),
          Map.entry("output_axes", JsonNode::isNull),
          Map.entry("renorm", IgnorableKeys::isOff),
          Map.entry("renorm_clipping", JsonNode::isNull),
          Map.entry("renorm_momentum", any -> true),
          Map.entry("virtual_batch_size", JsonNode::isNull),
          Map.entry("adjustment", JsonNode::isNull),
          Map.entry("lora_rank", JsonNode::isNull),
          Map.entry("data_format", value -> value.isNull() || is(value, "channels_last")),
          Map.entry("groups", value -> value.isInt() && value.intValue() == 1),
          // Options of optimizers that are off.
          Map.entry("use_ema", IgnorableKeys::isOff),
          Map.entry("ema_overwrite_frequency", JsonNode::isNull),
          Map.entry("loss_scale_factor", JsonNode::isNull),
          Map.entry("gradient_accumulation_steps", JsonNode::isNull),
          // Options of layers, losses and metrics that are off.
          Map.entry("activity_regularizer", JsonNode::isNull),
          Map.entry("noise_shape", JsonNode::isNull),
          Map.entry("time_major", IgnorableKeys::isOff),
          Map.entry("axis", value -> value.isInt() && value.intValue() == -1),
          Map.entry("seed", JsonNode::isNull),
          // Which random generator Keras 2 drew with.
          Map.entry("rng_type", any -> true),
          Map.entry("ignore_class", JsonNode::isNull),
          Map.entry("label_smoothing", IgnorableKeys::isNothing),
          Map.entry("trainable", value -> value.isBoolean() && value.booleanValue()));

  private IgnorableKeys() {}

  /**
   * Whether a key may be left out.
   *
   * @throws ConfigException if it asks for numbers of a type that weights do not have
   */
  static boolean isIgnorable(String key, JsonNode value, Source owner) {
    if (key.equals("dtype")) {
      requirePolicy(value, owner);
      return true;
    }
    // Says nothing unless use_ema is on, which is refused by its own name.
    return key.equals("ema_momentum") || VALUES.getOrDefault(key, any -> false).test(value);
  }

  // Under mixed precision weights are float32 in the file; only computing was in halves.
  private static void requirePolicy(JsonNode value, Source owner) {
    JsonNode name = value.isObject() ? value.path("config").path("name") : value;
    if (!value.isNull() && !POLICIES.contains(name.asText())) {
      throw new ConfigException(owner.path() + ".dtype", "one of " + POLICIES, name.toString());
    }
  }

  private static boolean isOff(JsonNode value) {
    return value.isNull() || (value.isBoolean() && !value.booleanValue());
  }

  private static boolean isNothing(JsonNode value) {
    return value.isNull() || (value.isNumber() && value.doubleValue() == 0);
  }

  private static boolean is(JsonNode value, String text) {
    return value.isTextual() && value.textValue().equals(text);
  }
}
