package kerava.saving;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import kerava.config.Listed;
import kerava.files.Limits;
import kerava.saving.WeightsListing.Entry;
import kerava.saving.WeightsListing.Role;

/** Walks through a file of weights; no number is read. */
final class WeightsLister {
  private static final List<String> LAYERS = List.of("layers", WeightsH5.OLD_LAYERS, "vars");

  /** Numbers in order: 2 before 10. */
  private static final Comparator<String> NUMBERED =
      Comparator.comparing((String name) -> name.matches("\\d{1,9}") ? Integer.parseInt(name) : -1)
          .thenComparing(Comparator.naturalOrder());

  private final Hdf5File file;
  private final Limits limits = Limits.current();
  private final List<Entry> entries = new ArrayList<>();
  private int steps;

  WeightsLister(Hdf5File file) {
    this.file = file;
  }

  /** What is in it, or nothing if it holds no weights of Keras. */
  Optional<WeightsListing> list() throws ModelFormatException {
    if (!file.texts("", "layer_names").isEmpty()) {
      String version = file.text("", "keras_version").map(text -> " " + text).orElse("");
      legacy();
      return Optional.of(
          new WeightsListing("the old format (.h5), written by Keras" + version, entries));
    }
    for (String root : LAYERS) {
      walk(root, Role.WEIGHT, 0);
    }
    if (entries.isEmpty()) {
      return Optional.empty();
    }
    for (String other : file.names("")) {
      if (!LAYERS.contains(other)) {
        walk(other, Role.STATE, 0);
      }
    }
    return Optional.of(new WeightsListing("the format of Keras 3 (.weights.h5)", entries));
  }

  private void legacy() throws ModelFormatException {
    List<String> layers = new ArrayList<>(file.texts("", "layer_names"));
    layers.add("top_level_model_weights");
    for (String layer : layers) {
      for (String weight : file.texts(layer, "weight_names")) {
        add(layer + "/" + weight, Optional.empty(), Role.WEIGHT);
      }
    }
  }

  private void walk(String path, Role role, int depth) throws ModelFormatException {
    // Groups may stand within each other in circles.
    if (depth > limits.jsonDepth() || ++steps > limits.hdf5Arrays()) {
      throw file.refuse(
          Listed.cut(path, 40),
          "at most "
              + limits.hdf5Arrays()
              + " groups and arrays, "
              + limits.jsonDepth()
              + " within each other, got more");
    }
    if (file.isArray(path)) {
      String group = path.contains("/") ? path.substring(0, path.lastIndexOf('/')) : "";
      add(path, file.text(group, "name"), role);
      return;
    }
    for (String name : file.names(path).stream().sorted(NUMBERED).toList()) {
      walk(path + "/" + name, role, depth + 1);
    }
  }

  private void add(String path, Optional<String> layer, Role role) throws ModelFormatException {
    entries.add(new Entry(path, layer, role, file.type(path), file.shape(path)));
  }
}
