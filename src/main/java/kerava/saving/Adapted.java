package kerava.saving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import kerava.Model;
import kerava.ModelLayer;
import kerava.NamedLayer;
import kerava.config.Listed;
import kerava.config.SnakeCase;
import kerava.graph.Array;
import kerava.layers.Normalization;
import org.tensorflow.ndarray.Shape;

/**
 * Moves the numbers of normalization layers that were adapted in Python from the weights, where
 * Keras keeps them, into the config, where Kerava does.
 */
final class Adapted {
  static final String MEAN = "mean";
  static final String VARIANCE = "variance";

  /** What such layers have among the weights of Keras' files. */
  private static final Set<String> NAMES = Set.of(MEAN, VARIANCE, "count");

  /** How much of the numbers is repeated in a refusal. */
  private static final int QUOTED = 60;

  private final Finder finder;

  Adapted(Finder finder) {
    this.finder = finder;
  }

  /** Finds the numbers of a layer in a file. */
  interface Finder {
    /**
     * The numbers, if the file has them.
     *
     * @param place where the layer stands in a weights file: {@code layers/normalization}
     * @param path the names of the models around it, and its own
     * @param name {@link #MEAN} or {@link #VARIANCE}
     */
    Optional<Array> find(String place, List<String> path, String name) throws ModelFormatException;
  }

  /** Finds numbers in a weights file of Keras 3. */
  static Adapted in(Hdf5File file) {
    return new Adapted(
        (place, path, name) -> {
          String dataset = WeightsH5.place(file, place + "/vars/" + (name.equals(MEAN) ? 0 : 1));
          return file.has(dataset) ? Optional.of(file.floats(dataset)) : Optional.empty();
        });
  }

  /** Whether a weight in a file is one of a normalization layer of some name. */
  static boolean owns(String layer, String weight) {
    return NAMES.stream()
        .anyMatch(name -> isCalled(layer + "/" + name, weight) || bare(weight).equals(name));
  }

  /**
   * Which of the weights of a group is a normalization layer's. Keras 2 names them without the
   * layer where it was adapted before it stood in a model; no other layer's are called so.
   */
  static Optional<String> find(String layer, String name, List<String> weights) {
    return weights.stream()
        .filter(weight -> isCalled(layer + "/" + name, weight))
        .findFirst()
        .or(() -> weights.stream().filter(weight -> bare(weight).equals(name)).findFirst());
  }

  /** Whether a weight in a file has a name: {@code model/dense/kernel:0} is dense/kernel. */
  static boolean isCalled(String name, String weight) {
    return ("/" + bare(weight)).endsWith("/" + name);
  }

  private static String bare(String weight) {
    return weight.replaceFirst(":\\d+$", "");
  }

  /** The names of the normalization layers of a model, and of those within it. */
  static List<String> layers(Model model) {
    return LayerOrder.of(model).places(model).keySet().stream()
        .filter(path -> step(model, path).layer() instanceof Normalization)
        .map(path -> path.get(path.size() - 1))
        .toList();
  }

  private static NamedLayer step(Model model, List<String> path) {
    NamedLayer step = model.step(path.get(0));
    return step.layer() instanceof ModelLayer inner
        ? step(inner.model(), path.subList(1, path.size()))
        : step;
  }

  /** Fills in the numbers of a model, in {@link Dialect plain} form, and of those within it. */
  void fill(JsonNode model) throws ModelFormatException {
    fill(model, "", List.of());
  }

  private void fill(JsonNode model, String group, List<String> owners) throws ModelFormatException {
    Map<String, Integer> counts = new HashMap<>();
    for (JsonNode layer : model.path("config").path("layers")) {
      String base = SnakeCase.of(layer.path("class_name").asText());
      int count = counts.merge(base, 1, Integer::sum) - 1;
      String place = group + "layers/" + (count == 0 ? base : base + "_" + count);
      List<String> path = new ArrayList<>(owners);
      path.add(layer.path("config").path("name").asText());
      if (layer.path("config").has("layers")) {
        fill(layer, place + "/", path);
      } else if (base.equals("normalization")
          && layer.path("config") instanceof ObjectNode config) {
        fill(config, place, path);
      }
    }
  }

  private void fill(ObjectNode config, String place, List<String> path)
      throws ModelFormatException {
    for (String key : List.of(MEAN, VARIANCE)) {
      Optional<Array> numbers =
          config.path(key).isNull() ? finder.find(place, path, key) : Optional.empty();
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

  /**
   * Refuses weights of a model whose normalization layers have other numbers: they belong to the
   * layers here, so that the weights of the file would be read without them.
   */
  void requireSame(Model model, LayerOrder order) throws ModelFormatException {
    for (Map.Entry<List<String>, String> layer : order.places(model).entrySet()) {
      if (step(model, layer.getKey()).layer() instanceof Normalization normalization) {
        JsonNode config = normalization.schema().write(normalization.config());
        for (String name : List.of(MEAN, VARIANCE)) {
          Optional<Array> found = finder.find(layer.getValue(), layer.getKey(), name);
          if (found.isPresent() && !same(config.path(name), found.get().floats())) {
            throw new ModelFormatException(
                String.join("/", layer.getKey()) + " " + name,
                "the numbers of the model's Normalization, "
                    + Listed.cut(config.path(name).toString(), QUOTED),
                Listed.cut(Arrays.toString(found.get().floats()), QUOTED),
                "Can the layer be made with those?");
          }
        }
      }
    }
  }

  private static boolean same(JsonNode numbers, float[] found) {
    if (numbers.isNumber()) {
      return found.length == 1 && numbers.floatValue() == found[0];
    }
    boolean same = numbers.size() == found.length;
    for (int i = 0; same && i < found.length; i++) {
      same = numbers.get(i).floatValue() == found[i];
    }
    return same;
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
