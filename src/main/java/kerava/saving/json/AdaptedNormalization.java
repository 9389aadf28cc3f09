package kerava.saving.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import kerava.files.ModelFormatException;
import kerava.graph.Array;
import org.tensorflow.ndarray.Shape;

/**
 * Moves the numbers of normalization layers that were adapted in Python from the weights, where
 * Keras keeps them, into the config, where Kerava does.
 */
public final class AdaptedNormalization {
  /** The numbers that are taken off, by Keras' name. */
  public static final String MEAN = "mean";

  /** The squares of what is divided by, by Keras' name. */
  public static final String VARIANCE = "variance";

  private AdaptedNormalization() {}

  /** Finds the numbers of a layer in a file. */
  @FunctionalInterface
  public interface Finder {
    /**
     * The numbers, if the file has them.
     *
     * @param place where the layer stands in a weights file: {@code layers/normalization}
     * @param path the names of the models around it, and its own
     * @param name {@link #MEAN} or {@link #VARIANCE}
     */
    Optional<Array> find(String place, List<String> path, String name) throws ModelFormatException;
  }

  /**
   * Fills in the numbers of a model, in {@link ConfigMigration plain} form, and of those within it.
   */
  public static void fill(JsonNode model, Finder finder) throws ModelFormatException {
    LayerWalk.each(
        model,
        stop -> {
          if (stop.kind().equals("normalization")) {
            fill(stop, finder);
          }
        });
  }

  private static void fill(LayerWalk.Stop stop, Finder finder) throws ModelFormatException {
    ObjectNode config = stop.config();
    for (String key : List.of(MEAN, VARIANCE)) {
      Optional<Array> numbers =
          config.path(key).isNull()
              ? finder.find(stop.place(), stop.path(), key)
              : Optional.empty();
      if (numbers.isPresent()) {
        put(config, key, numbers.get());
      }
      if (config.path(key).isArray()) {
        ArrayNode flat = JsonNodeFactory.instance.arrayNode();
        flatten(config.get(key), flat);
        config.set(key, flat);
      }
    }
  }

  private static void flatten(JsonNode nested, ArrayNode flat) {
    for (JsonNode item : nested) {
      if (item.isArray()) {
        flatten(item, flat);
      } else {
        flat.add(item);
      }
    }
  }

  /**
   * Brings the numbers of a normalization along several axes into the nested lists that Keras
   * wants, which has no other way to tell one axis from the next.
   *
   * @param config of the layer, as Kerava writes it
   * @param input the shape of the layer's input
   */
  static void nest(ObjectNode config, Shape input) {
    int rank = input.numDimensions();
    List<Long> sizes = new ArrayList<>();
    for (int i = 1; i < rank; i++) {
      for (JsonNode axis : config.path("axis")) {
        if (Math.floorMod(axis.intValue(), rank) == i) {
          sizes.add(input.get(i));
        }
      }
    }
    if (config.path("axis").size() > 1 && config.path("mean").size() > 1) {
      for (String key : List.of(MEAN, VARIANCE)) {
        config.set(key, nested(config.get(key).elements(), sizes));
      }
    }
  }

  private static JsonNode nested(Iterator<JsonNode> numbers, List<Long> sizes) {
    if (sizes.isEmpty()) {
      return numbers.next();
    }
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    for (long i = 0; i < sizes.get(0); i++) {
      list.add(nested(numbers, sizes.subList(1, sizes.size())));
    }
    return list;
  }

  private static void put(ObjectNode config, String key, Array numbers) {
    ArrayNode list = config.putArray(key);
    for (float number : numbers.floats()) {
      list.add(number);
    }
  }
}
