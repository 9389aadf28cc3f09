package kerava.saving;

import java.io.IOException;
import java.nio.file.Path;
import kerava.Model;
import kerava.files.Aside;
import kerava.graph.Weights;

/**
 * Files that hold weights alone: Keras' {@code .weights.h5}, both ways, and weights in its old
 * format, read only.
 *
 * @see <a href="https://keras.io/api/models/model_saving_apis/weights_saving_and_loading/">Keras:
 *     weights saving and loading</a>
 */
public final class WeightsFile {
  private WeightsFile() {}

  /**
   * Writes a {@code .weights.h5} file; nothing is left behind if that fails.
   *
   * @param model the model that the weights are of
   * @param weights all of its weights
   * @param file where; a file that is there is replaced. Keras wants a name that ends with {@code
   *     .weights.h5}
   * @throws IllegalArgumentException if the weights are not those of the model, or the name ends
   *     like that of another format
   * @throws IOException if the file cannot be written
   */
  public static void write(Model model, Weights weights, Path file) throws IOException {
    Ending.require(file, "a name that ends in .weights.h5", "weights.h5", "h5", "hdf5");
    StoredModel stored = StoredModel.of(model, weights);
    Aside.write(file, draft -> WeightsH5.write(stored, draft));
  }

  /**
   * Reads the weights of a model from any HDF5 file of Keras: {@code .weights.h5}, weights in the
   * old format, or a whole model in the old format. Layers are matched by their order and class,
   * not by name.
   *
   * @param model a model of the same layers
   * @throws ModelFormatException if the file is no such file, is damaged, or is of another model
   * @throws IOException if the file cannot be read
   */
  public static Weights read(Model model, Path file) throws IOException {
    try (Hdf5File hdf = Hdf5File.read(file)) {
      if (hdf.has("model_weights")) {
        return new LegacyWeights(hdf, "model_weights").read(model);
      }
      if (!hdf.texts("", "layer_names").isEmpty()) {
        return new LegacyWeights(hdf, "").read(model);
      }
      return WeightsH5.read(hdf, model, LayerOrder.of(model));
    }
  }
}
