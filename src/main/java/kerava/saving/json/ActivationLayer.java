package kerava.saving.json;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import kerava.Layer;
import kerava.config.Codec;
import kerava.config.SnakeCase;
import kerava.config.Source;

/**
 * Layers that stand where Keras also takes the name of a function: {@code Dense(8,
 * activation=LeakyReLU(0.1))}. They are read as layers of their own, behind those that have them,
 * which computes the same.
 */
final class ActivationLayer {
  private static final String KEY = "activation";

  private static final Set<String> CLASSES =
      Set.of("Activation", "ELU", "LeakyReLU", "PReLU", "ReLU", "Softmax");

  /** Functions along the last axis, which is not that of the channels where these come first. */
  private static final Set<String> ALONG = Set.of("softmax", "log_softmax", "sparsemax");

  private ActivationLayer() {}

  /** Whether a layer, in {@link ConfigMigration plain} form, has such a layer. */
  static boolean isOne(Source layer) {
    return CLASSES.contains(function(layer).node().path("class_name").asText()) || isAlong(layer);
  }

  private static boolean isAlong(Source layer) {
    String format = layer.field("config").field("data_format").node().asText();
    return format.equals("channels_first") && ALONG.contains(function(layer).node().asText());
  }

  private static Source function(Source layer) {
    return layer.field("config").field(KEY);
  }

  /**
   * Reads both layers.
   *
   * @param reader reads one of them
   */
  static ModelReader.ReadLayer read(Source source, Function<Source, ModelReader.ReadLayer> reader) {
    Source penalty = source.field("config").field("activity_regularizer");
    if (!penalty.node().isNull()) {
      // It weighs what the activation gives, and the first of two layers does not know that.
      throw penalty.refuse("none beside an activation that is a layer");
    }
    ObjectNode linear = source.node().deepCopy();
    if (linear.get("config") instanceof ObjectNode config) {
      config.put(KEY, "linear");
    }
    ModelReader.ReadLayer first = reader.apply(source.with(linear));
    Layer activation = activation(source);
    String name = first.name() + "_" + SnakeCase.of(activation.schema().className());
    return new ModelReader.ReadLayer(
        first.name(), first.layer(), Map.of(), Optional.of(activation.named(name)));
  }

  private static Layer activation(Source layer) {
    Source function = function(layer);
    if (!isAlong(layer)) {
      Layer own = Codec.object(Layer.class).read(function);
      boolean frozen = !layer.field("config").field("trainable").node().asBoolean(true);
      return frozen ? own.frozen() : own;
    }
    ObjectNode wrapper = JsonNodeFactory.instance.objectNode();
    wrapper.put("class_name", "Activation");
    ObjectNode config = wrapper.putObject("config");
    config.set(KEY, function.node());
    config.set("dtype", layer.field("config").field("dtype").node());
    return Codec.object(Layer.class).read(function.with(wrapper));
  }
}
