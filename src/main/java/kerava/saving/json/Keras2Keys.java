package kerava.saving.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kerava.config.ConfigException;
import kerava.config.Source;

/** What Keras 2 calls otherwise in the configs of layers, or repeats there to no effect. */
final class Keras2Keys {
  private static final Map<String, Map<String, String>> NAMES =
      Map.of("LeakyReLU", Map.of("alpha", "negative_slope"));

  private static final List<String> KERNEL =
      List.of("kernel_initializer", "kernel_regularizer", "kernel_constraint");

  /** Arguments of the class that a class was made from, which it does not heed. */
  private static final Map<String, List<String>> IDLE =
      Map.of(
          "SeparableConv1D",
          KERNEL,
          "SeparableConv2D",
          KERNEL,
          "Embedding",
          List.of("input_length"));

  /** What Keras 1 called the arguments of layers, which later files do not have. */
  private static final Set<String> KERAS_1 =
      Set.of(
          "nb_filter",
          "nb_row",
          "nb_col",
          "border_mode",
          "subsample",
          "dim_ordering",
          "output_dim",
          "W_regularizer",
          "b_regularizer",
          "W_constraint",
          "b_constraint");

  /** Layers whose number type says nothing: what they give follows from their other arguments. */
  private static final Set<String> UNTYPED =
      Set.of("StringLookup", "IntegerLookup", "TextVectorization", "Discretization");

  private Keras2Keys() {}

  /**
   * Gives the keys of a config the names that Keras 3 has for them.
   *
   * @param known the keys that the class has in Keras 3
   * @throws ConfigException if they are those of Keras 1
   */
  static void rename(ObjectNode config, String className, List<String> known, Source source) {
    for (String key : KERAS_1) {
      if (config.has(key) && !known.contains(key)) {
        throw new ConfigException(
            source.path(), "arguments of Keras 2 or 3", "\"" + key + "\", which is one of Keras 1");
      }
    }
    NAMES
        .getOrDefault(className, Map.of())
        .forEach(
            (old, name) -> {
              if (config.has(old) && !config.has(name)) {
                config.set(name, config.remove(old));
              }
            });
    boolean typed = Set.of("string", "int64").contains(config.path("dtype").asText());
    if (typed && UNTYPED.contains(className)) {
      config.remove("dtype");
    }
    config.remove(IDLE.getOrDefault(className, List.of()));
  }
}
