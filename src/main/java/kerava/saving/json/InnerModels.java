package kerava.saving.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import kerava.Layer;
import kerava.LayerJson;
import kerava.Model;
import kerava.ModelLayer;
import kerava.config.Key;
import kerava.config.Source;

/** Models that a layer has for an argument: {@code TimeDistributed(model)}. */
final class InnerModels {
  /** Stands for a model while the rest of the config is read. */
  private static final String ANY_LAYER = "Identity";

  private InnerModels() {}

  /**
   * Reads a layer, in {@link ConfigMigration plain} form.
   *
   * @param reader reads a model
   */
  static Layer read(Source source, Function<Source, ModelReader.Read> reader) {
    Map<String, ModelLayer> models = new LinkedHashMap<>();
    Source config = source.field("config");
    for (Map.Entry<String, JsonNode> argument : config.node().properties()) {
      Source value = config.field(argument.getKey());
      if (ModelReader.isModel(value)) {
        models.put(argument.getKey(), ModelLayer.of(ordered(value, reader.apply(value))));
      }
    }
    if (models.isEmpty()) {
      return LayerJson.CODEC.read(source);
    }
    ObjectNode without = source.node().deepCopy();
    ObjectNode arguments = without.withObject("config");
    models.keySet().forEach(name -> arguments.set(name, anyLayer()));
    Layer layer = LayerJson.CODEC.read(source.with(without));
    for (Map.Entry<String, ModelLayer> model : models.entrySet()) {
      layer = with(layer, model.getKey(), model.getValue());
    }
    return layer;
  }

  private static JsonNode anyLayer() {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("class_name", ANY_LAYER);
    json.putObject("config");
    return json;
  }

  // The places of the weights follow from the order, which a layer's config does not keep.
  private static Model ordered(Source source, ModelReader.Read read) {
    Model model = read.model();
    Map<String, String> found = read.order().paths(model);
    Map<String, String> kept = LayerOrder.of(model).paths(model);
    if (!new ArrayList<>(found.entrySet()).equals(new ArrayList<>(kept.entrySet()))) {
      throw source.refuse("a model that has its layers in the order of their calls");
    }
    return model;
  }

  @SuppressWarnings("unchecked") // the key has just read a layer
  private static Layer with(Layer layer, String name, ModelLayer model) {
    Key<Layer> key =
        (Key<Layer>)
            layer.schema().keys().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    return layer.schema().create(layer.config().with(key, model));
  }

  /** Writes the models in a layer's config. */
  static void write(Layer layer, ObjectNode config, Function<ModelLayer, ObjectNode> writer) {
    for (Key<?> key : layer.schema().keys()) {
      if (layer.config().get(key) instanceof ModelLayer model) {
        config.set(key.name(), writer.apply(model));
      }
    }
  }
}
