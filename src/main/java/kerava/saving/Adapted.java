package kerava.saving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;
import kerava.config.SnakeCase;
import kerava.graph.Array;

/**
 * Moves the numbers of normalization layers that were adapted in Python from the weights, where
 * Keras keeps them, into the config, where Kerava does.
 */
final class Adapted {
  private final Hdf5File file;

  Adapted(Hdf5File file) {
    this.file = file;
  }

  /** Fills in the numbers of a model, in {@link Dialect plain} form, and of those within it. */
  void fill(JsonNode model) throws ModelFormatException {
    fill(model, "");
  }

  private void fill(JsonNode model, String group) throws ModelFormatException {
    Map<String, Integer> counts = new HashMap<>();
    for (JsonNode layer : model.path("config").path("layers")) {
      String base = SnakeCase.of(layer.path("class_name").asText());
      int count = counts.merge(base, 1, Integer::sum) - 1;
      String place = group + "layers/" + (count == 0 ? base : base + "_" + count);
      if (layer.path("config").has("layers")) {
        fill(layer, place + "/");
      } else if (base.equals("normalization")
          && layer.path("config") instanceof ObjectNode config
          && config.path("mean").isNull()
          && file.has(place + "/vars/0")) {
        put(config, "mean", file.floats(place + "/vars/0"));
        put(config, "variance", file.floats(place + "/vars/1"));
      }
    }
  }

  private static void put(ObjectNode config, String key, Array numbers) {
    ArrayNode list = config.putArray(key);
    for (float number : numbers.floats()) {
      list.add(number);
    }
  }
}
