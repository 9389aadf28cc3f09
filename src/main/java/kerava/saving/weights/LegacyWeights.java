package kerava.saving.weights;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import kerava.Model;
import kerava.WeightSpec;
import kerava.config.Listed;
import kerava.config.Nearest;
import kerava.files.ModelFormatException;
import kerava.graph.Array;
import kerava.graph.Weights;
import kerava.saving.hdf5.Hdf5File;
import kerava.saving.json.AdaptedNormalization;
import kerava.saving.json.LayerOrder;

/**
 * The weights in Keras' old format: a group a layer, of the layer's name.
 *
 * <p>In a file that holds the whole model the groups are called as its layers are. A file of
 * weights alone may be of a model whose layers are called otherwise: Keras then goes by their
 * order.
 */
public final class LegacyWeights {
  private static final String LAYERS = "layer_names";

  /** How much of a list of names is repeated in a refusal. */
  private static final int QUOTED = 80;

  private final Hdf5File file;
  private final String group;

  /**
   * A reader.
   *
   * @param group where the weights stand: at the root if the file holds nothing else
   */
  public LegacyWeights(Hdf5File file, String group) {
    this.file = file;
    this.group = group;
  }

  /** Reads the weights of the model that the same file describes, by the names of its layers. */
  public Weights read(Model model, LayerOrder order) throws ModelFormatException {
    Map<String, List<String>> groups = groups(model);
    List<LegacyLayer> layers = LegacyLayer.of(model, order);
    List<String> names = layers.stream().map(LegacyLayer::name).toList();
    if (!new TreeSet<>(names).equals(new TreeSet<>(groups.keySet()))) {
      throw file.refuse(
          place(LAYERS),
          "the layers with weights of its model, got others, "
              + Nearest.difference(names, groups.keySet()));
    }
    return read(model, layers, names, groups);
  }

  /** Reads weights into a model that the file does not describe, as Keras does: by their order. */
  public Weights readInto(Model model) throws ModelFormatException {
    LayerOrder own = LayerOrder.of(model);
    NormalizationWeights.requireSame(adapted(), model, own);
    Map<String, List<String>> groups = groups(model);
    List<LegacyLayer> layers = LegacyLayer.of(model, own);
    if (groups.size() != layers.size()) {
      throw file.refuse(
          place(LAYERS), layers.size() + " layers with weights, got " + groups.size());
    }
    List<String> order = List.copyOf(groups.keySet());
    List<String> names = layers.stream().map(LegacyLayer::name).toList();
    boolean shuffled = !order.equals(names) && new TreeSet<>(order).equals(new TreeSet<>(names));
    return read(model, layers, shuffled ? chosen(layers, names, groups) : order, groups);
  }

  /** Finds the numbers of normalization layers. */
  public AdaptedNormalization.Finder adapted() {
    return (place, path, name) -> {
      String own = place(path.get(0));
      List<String> stored = file.texts(own, "weight_names");
      Optional<String> weight = NormalizationWeights.find(path.get(path.size() - 1), name, stored);
      return weight.isEmpty()
          ? Optional.empty()
          : Optional.of(file.floats(own + "/" + weight.get()));
    };
  }

  /**
   * Where the same names stand in another order either may be meant: Keras numbers layers as they
   * are made, and goes by their order; who chose names goes by these.
   */
  private List<String> chosen(
      List<LegacyLayer> layers, List<String> names, Map<String, List<String>> groups)
      throws ModelFormatException {
    List<String> order = List.copyOf(groups.keySet());
    boolean ordered = fits(layers, order, groups);
    if (ordered && fits(layers, names, groups)) {
      throw new ModelFormatException(
          file.path() + ": " + place(LAYERS),
          "the order of the model's layers, " + Listed.cut(names.toString(), QUOTED),
          "the same names in another, and both fit",
          "Can the model have its layers in the file's order?");
    }
    return ordered ? order : names;
  }

  /** Whether the groups of some names, in the layers' order, have weights of the layers' shapes. */
  private boolean fits(
      List<LegacyLayer> layers, List<String> names, Map<String, List<String>> groups)
      throws ModelFormatException {
    for (int i = 0; i < layers.size(); i++) {
      List<LegacyLayer.Wanted> wanted = layers.get(i).weights();
      List<String> stored = groups.getOrDefault(names.get(i), List.of());
      if (stored.size() != wanted.size()) {
        return false;
      }
      List<String> sorted = layers.get(i).sorted(stored);
      for (int k = 0; k < wanted.size(); k++) {
        if (!file.isOf(place(names.get(i)) + "/" + sorted.get(k), wanted.get(k).spec().shape())) {
          return false;
        }
      }
    }
    return true;
  }

  /** Reads layers from the groups of some names, in the layers' order. */
  private Weights read(
      Model model, List<LegacyLayer> layers, List<String> names, Map<String, List<String>> groups)
      throws ModelFormatException {
    Map<String, Array> arrays = new HashMap<>();
    for (int i = 0; i < layers.size(); i++) {
      String name = names.get(i);
      read(layers.get(i), name, groups.getOrDefault(name, List.of()), arrays);
    }
    Map<String, Array> sorted = new LinkedHashMap<>();
    for (WeightSpec spec : model.weights()) {
      Optional.ofNullable(arrays.get(spec.name()))
          .ifPresent(array -> sorted.put(spec.name(), array));
    }
    return Weights.of(sorted);
  }

  private void read(LegacyLayer layer, String name, List<String> stored, Map<String, Array> arrays)
      throws ModelFormatException {
    if (stored.size() != layer.weights().size()) {
      throw file.refuse(place(name), layer.weights().size() + " weights, got " + stored.size());
    }
    List<String> sorted = layer.sorted(stored);
    for (int i = 0; i < sorted.size(); i++) {
      WeightSpec spec = layer.weights().get(i).spec();
      arrays.put(spec.name(), file.floats(place(name) + "/" + sorted.get(i), spec.shape()));
    }
  }

  /** The names of the weights of each layer that has some, in the order of the file. */
  private Map<String, List<String>> groups(Model model) throws ModelFormatException {
    requireVersion();
    WeightsSizeCheck.require(file, model.weights());
    List<String> normalizations = NormalizationWeights.layers(model);
    Map<String, List<String>> groups = new LinkedHashMap<>();
    for (String layer : file.texts(group, LAYERS)) {
      List<String> weights = new ArrayList<>();
      for (String name : file.texts(place(layer), "weight_names")) {
        if (isWeight(name)
            && normalizations.stream().noneMatch(n -> NormalizationWeights.owns(n, name))) {
          weights.add(name);
        }
      }
      if (!weights.isEmpty() && groups.put(layer, List.copyOf(weights)) != null) {
        throw file.refuse(place(LAYERS), "each name once, got \"" + layer + "\" twice");
      }
    }
    return groups;
  }

  // The state of a random generator in layers of Keras 2.
  private static boolean isWeight(String name) {
    return !name.endsWith("StateVar:0");
  }

  // Keras 1 wrote the kernels of convolutions in another order.
  private void requireVersion() throws ModelFormatException {
    String version = file.text(group, "keras_version").orElse("1");
    if (version.startsWith("1")) {
      throw file.refuse(place("@keras_version"), "Keras 2 or 3, got " + version);
    }
  }

  private String place(String name) {
    return group.isEmpty() ? name : group + "/" + name;
  }
}
