package kerava.saving;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/** What Keras 2 calls otherwise in the configs of layers, or repeats there to no effect. */
final class Keras2Keys {
  private static final Map<String, Map<String, String>> NAMES =
      Map.of("LeakyReLU", Map.of("alpha", "negative_slope"));

  /** Arguments of the class that a class was made from, which it does not heed. */
  private static final Map<String, List<String>> IDLE =
      Map.of(
          "SeparableConv2D",
          List.of("kernel_initializer", "kernel_regularizer", "kernel_constraint"));

  private Keras2Keys() {}

  /** Gives the keys of a config the names that Keras 3 has for them. */
  static void rename(ObjectNode config, String className) {
    NAMES
        .getOrDefault(className, Map.of())
        .forEach(
            (old, name) -> {
              if (config.has(old) && !config.has(name)) {
                config.set(name, config.remove(old));
              }
            });
    config.remove(IDLE.getOrDefault(className, List.of()));
  }
}
