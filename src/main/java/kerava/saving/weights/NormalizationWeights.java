package kerava.saving.weights;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import kerava.Model;
import kerava.ModelLayer;
import kerava.NamedLayer;
import kerava.config.Listed;
import kerava.files.ModelFormatException;
import kerava.graph.Array;
import kerava.layers.Normalization;
import kerava.saving.hdf5.Hdf5File;
import kerava.saving.json.AdaptedNormalization;
import kerava.saving.json.LayerOrder;

/** The numbers of normalization layers that were adapted in Python, among the weights of a file. */
public final class NormalizationWeights {
  /** What such layers have among the weights of Keras' files. */
  private static final Set<String> NAMES =
      Set.of(AdaptedNormalization.MEAN, AdaptedNormalization.VARIANCE, "count");

  /** How much of the numbers is repeated in a refusal. */
  private static final int QUOTED = 60;

  private NormalizationWeights() {}

  /** Finds numbers in a weights file of Keras 3. */
  public static AdaptedNormalization.Finder in(Hdf5File file) {
    return (place, path, name) -> {
      String dataset =
          WeightsH5.place(
              file, place + "/vars/" + (name.equals(AdaptedNormalization.MEAN) ? 0 : 1));
      return file.has(dataset) ? Optional.of(file.floats(dataset)) : Optional.empty();
    };
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

  static NamedLayer step(Model model, List<String> path) {
    NamedLayer named = model.layer(path.get(0));
    return named.layer() instanceof ModelLayer inner
        ? step(inner.model(), path.subList(1, path.size()))
        : named;
  }

  /**
   * Refuses weights of a model whose normalization layers have other numbers: they belong to the
   * layers here, so that the weights of the file would be read without them.
   */
  public static void requireSame(AdaptedNormalization.Finder finder, Model model, LayerOrder order)
      throws ModelFormatException {
    for (Map.Entry<List<String>, String> layer : order.places(model).entrySet()) {
      if (step(model, layer.getKey()).layer() instanceof Normalization normalization) {
        JsonNode config = normalization.schema().write(normalization.config());
        for (String name : List.of(AdaptedNormalization.MEAN, AdaptedNormalization.VARIANCE)) {
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
}
