package kerava.saving.weights;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import kerava.Model;
import kerava.Optimizer;
import kerava.StoredModel;
import kerava.WeightSpec;
import kerava.files.ModelFormatException;
import kerava.graph.Array;
import kerava.graph.Weights;
import kerava.saving.hdf5.Hdf5Draft;
import kerava.saving.hdf5.Hdf5File;
import kerava.saving.json.LayerOrder;

/** The HDF5 file inside a {@code .keras} archive, which is also Keras' {@code .weights.h5}. */
public final class WeightsH5 {
  /** Keras 2.12 and 2.13 called the group of the layers so. */
  static final String OLD_LAYERS = "_layer_checkpoint_dependencies";

  private WeightsH5() {}

  /** Writes the weights of a model and the state of its optimizer, if it has one. */
  public static void write(StoredModel stored, Path path) throws IOException {
    try (Hdf5Draft draft = Hdf5Draft.create(path)) {
      LayerOrder order = LayerOrder.of(stored.model());
      order.models(stored.model()).forEach(group -> draft.put(group + "vars"));
      for (Map.Entry<String, String> place : order.paths(stored.model()).entrySet()) {
        draft.put(place.getValue(), stored.weights().get(place.getKey()));
      }
      LookupWeights.write(draft, stored.model(), order);
      if (stored.optimizer().isPresent()) {
        Optimizer optimizer = stored.settings().orElseThrow().optimizer();
        new OptimizerWriter(draft, optimizer, stored.model().trainableWeights())
            .write(stored.optimizer().get());
      }
    }
  }

  /** Reads the weights of a model whose layers stand in an order. */
  public static Weights read(Hdf5File file, Model model, LayerOrder order)
      throws ModelFormatException {
    WeightsSizeCheck.require(file, model.weights());
    Map<String, String> paths = new LinkedHashMap<>();
    for (Map.Entry<String, String> path : order.paths(model).entrySet()) {
      paths.put(path.getKey(), place(file, path.getValue()));
    }
    Map<String, Array> arrays = new LinkedHashMap<>();
    for (WeightSpec spec : model.weights()) {
      arrays.put(spec.name(), file.floats(String.valueOf(paths.get(spec.name())), spec.shape()));
    }
    requireCounts(file, paths.values());
    return Weights.of(arrays);
  }

  /** Refuses layers that have more weights in the file than in the model. */
  private static void requireCounts(Hdf5File file, Collection<String> places)
      throws ModelFormatException {
    Map<String, Integer> counts = new LinkedHashMap<>();
    places.forEach(
        place -> counts.merge(place.substring(0, place.lastIndexOf('/')), 1, Integer::sum));
    for (Map.Entry<String, Integer> group : counts.entrySet()) {
      int found = file.names(group.getKey()).size();
      if (found != group.getValue()) {
        throw file.refuse(group.getKey(), group.getValue() + " weights, got " + found);
      }
    }
  }

  /** The same place by what the file calls the group of the layers. */
  static String place(Hdf5File file, String place) throws ModelFormatException {
    boolean old = !file.has("layers") && file.has(OLD_LAYERS);
    return old ? place.replace("layers/", OLD_LAYERS + "/") : place;
  }
}
