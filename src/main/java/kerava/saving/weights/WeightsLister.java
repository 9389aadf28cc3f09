package kerava.saving.weights;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import kerava.config.Listed;
import kerava.files.Limits;
import kerava.files.ModelFormatException;
import kerava.saving.hdf5.Hdf5File;

/** Lists the arrays in a file of weights; no number is read. */
public final class WeightsLister {
  /**
   * What a file holds.
   *
   * @param format who wrote it, in words
   * @param arrays in the file's order
   */
  public record Listing(String format, List<ListedArray> arrays) {
    /** Keeps the arrays as they are now. */
    public Listing {
      arrays = List.copyOf(arrays);
    }
  }

  private static final List<String> LAYERS = List.of("layers", WeightsH5.OLD_LAYERS, "vars");

  /** Numbers in order: 2 before 10. */
  private static final Comparator<String> NUMBERED =
      Comparator.comparing((String name) -> name.matches("\\d{1,9}") ? Integer.parseInt(name) : -1)
          .thenComparing(Comparator.naturalOrder());

  private final Hdf5File file;
  private final Limits limits = Limits.current();
  private final List<ListedArray> entries = new ArrayList<>();
  private int steps;

  /** Lists the arrays of a file that is open. */
  public WeightsLister(Hdf5File file) {
    this.file = file;
  }

  /** What is in it, or nothing if it holds no weights of Keras. */
  public Optional<Listing> list() throws ModelFormatException {
    if (!file.texts("", "layer_names").isEmpty()) {
      String version = file.text("", "keras_version").map(text -> " " + text).orElse("");
      legacy();
      return Optional.of(new Listing("the old format (.h5), written by Keras" + version, entries));
    }
    for (String root : LAYERS) {
      walk(root, true, 0);
    }
    if (entries.isEmpty()) {
      return Optional.empty();
    }
    for (String other : file.names("")) {
      if (!LAYERS.contains(other)) {
        walk(other, false, 0);
      }
    }
    return Optional.of(new Listing("the format of Keras 3 (.weights.h5)", entries));
  }

  private void legacy() throws ModelFormatException {
    List<String> layers = new ArrayList<>(file.texts("", "layer_names"));
    layers.add("top_level_model_weights");
    for (String layer : layers) {
      for (String weight : file.texts(layer, "weight_names")) {
        add(layer + "/" + weight, Optional.empty(), true);
      }
    }
  }

  private void walk(String path, boolean weight, int depth) throws ModelFormatException {
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
      add(path, file.text(group, "name"), weight);
      return;
    }
    for (String name : file.names(path).stream().sorted(NUMBERED).toList()) {
      walk(path + "/" + name, weight, depth + 1);
    }
  }

  private void add(String path, Optional<String> layer, boolean weight)
      throws ModelFormatException {
    entries.add(new ListedArray(path, layer, weight, file.type(path), file.shape(path)));
  }
}
