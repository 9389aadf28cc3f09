package kerava.saving;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import kerava.Model;
import kerava.Step;
import kerava.WeightSpec;
import kerava.graph.Array;
import kerava.graph.Weights;

/**
 * The weights in Keras' old format: they belong to the layers of a model in their order, whatever
 * either is called.
 */
final class LegacyWeights {
  private final Hdf5File file;
  private final String group;

  /**
   * A reader.
   *
   * @param group where the weights stand: at the root if the file holds nothing else
   */
  LegacyWeights(Hdf5File file, String group) {
    this.file = file;
    this.group = group;
  }

  /** A layer of the file that has weights. */
  private record Stored(String name, List<String> weights) {}

  Weights read(Model model) throws ModelFormatException {
    requireVersion();
    Sizes.require(file, model.weights());
    List<Stored> stored = stored();
    List<Step> steps = model.layers().stream().filter(step -> !step.weights().isEmpty()).toList();
    if (stored.size() != steps.size()) {
      throw file.refuse(
          place("layer_names"), steps.size() + " layers with weights, got " + stored.size());
    }
    Map<String, Array> arrays = new HashMap<>();
    for (int i = 0; i < steps.size(); i++) {
      read(stored.get(i), steps.get(i), arrays);
    }
    Map<String, Array> sorted = new java.util.LinkedHashMap<>();
    for (WeightSpec spec : model.weights()) {
      Optional.ofNullable(arrays.get(spec.name()))
          .ifPresent(array -> sorted.put(spec.name(), array));
    }
    return Weights.of(sorted);
  }

  private void read(Stored layer, Step step, Map<String, Array> arrays)
      throws ModelFormatException {
    // A nested model writes what is trained in it first, then all the rest.
    List<WeightSpec> specs =
        Stream.concat(
                step.weights().stream().filter(WeightSpec::trainable),
                step.weights().stream().filter(spec -> !spec.trainable()))
            .toList();
    if (layer.weights().size() != specs.size()) {
      throw file.refuse(
          place(layer.name()), specs.size() + " weights, got " + layer.weights().size());
    }
    for (int i = 0; i < specs.size(); i++) {
      WeightSpec spec = specs.get(i);
      String place = place(layer.name()) + "/" + layer.weights().get(i);
      arrays.put(spec.name(), file.floats(place, spec.shape()));
    }
  }

  private List<Stored> stored() throws ModelFormatException {
    List<Stored> stored = new ArrayList<>();
    for (String layer : file.texts(group, "layer_names")) {
      List<String> weights =
          file.texts(place(layer), "weight_names").stream()
              .filter(LegacyWeights::isWeight)
              .toList();
      if (!weights.isEmpty()) {
        stored.add(new Stored(layer, weights));
      }
    }
    return stored;
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
