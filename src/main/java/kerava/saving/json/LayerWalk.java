package kerava.saving.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kerava.config.SnakeCase;

/**
 * Goes through the layers of a model's JSON, and of those within it, with their places.
 *
 * @param <E> what a visitor may throw
 */
final class LayerWalk<E extends Exception> {
  private final Visitor<E> visitor;

  private LayerWalk(Visitor<E> visitor) {
    this.visitor = visitor;
  }

  /**
   * A layer of a model.
   *
   * @param kind its class in snake case: {@code string_lookup}
   * @param config its arguments
   * @param place where it stands in Keras' files: {@code layers/string_lookup_1}
   * @param path the names of the models around it, and its own
   */
  record Stop(String kind, ObjectNode config, String place, List<String> path) {}

  /**
   * What is done with each layer.
   *
   * @param <E> what it may throw
   */
  @FunctionalInterface
  interface Visitor<E extends Exception> {
    void visit(Stop stop) throws E;
  }

  /** Visits each layer that is no model, in the order of the file. */
  static <E extends Exception> void each(JsonNode model, Visitor<E> visitor) throws E {
    new LayerWalk<>(visitor).walk(model, "", List.of());
  }

  private void walk(JsonNode model, String group, List<String> owners) throws E {
    Map<String, Integer> counts = new HashMap<>();
    for (JsonNode layer : model.path("config").path("layers")) {
      String base = SnakeCase.of(layer.path("class_name").asText());
      int count = counts.merge(base, 1, Integer::sum) - 1;
      String place = group + "layers/" + (count == 0 ? base : base + "_" + count);
      List<String> path = new ArrayList<>(owners);
      path.add(layer.path("config").path("name").asText());
      if (layer.path("config").has("layers")) {
        walk(layer, place + "/", path);
      } else if (layer.path("config") instanceof ObjectNode config) {
        visitor.visit(new Stop(base, config, place, path));
      }
    }
  }
}
