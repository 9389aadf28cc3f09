package kerava.saving;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import kerava.Model;
import kerava.StoredModel;
import kerava.files.AtomicFile;
import kerava.files.ModelFormatException;
import kerava.graph.Weights;
import kerava.saving.hdf5.Hdf5File;
import kerava.saving.json.LayerOrder;
import kerava.saving.weights.LegacyWeights;
import kerava.saving.weights.LookupWeights;
import kerava.saving.weights.NormalizationWeights;
import kerava.saving.weights.WeightsH5;
import kerava.saving.weights.WeightsLister;

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
   * @throws IllegalArgumentException if the weights are not those of the model, the model has a
   *     {@link TFSMLayer}, or the name ends like that of another format
   * @throws IOException if the file cannot be written
   */
  public static void write(Model model, Weights weights, Path file) throws IOException {
    FileExtension.require(file, "a name that ends in .weights.h5", "weights.h5", "h5", "hdf5");
    TFSMLayer.requireNone("WeightsFile", model);
    StoredModel stored = StoredModel.of(model, weights);
    AtomicFile.write(file, draft -> WeightsH5.write(stored, draft));
  }

  /**
   * Reads the weights of a model from any HDF5 file of Keras: {@code .weights.h5}, weights in the
   * old format, or a whole model in the old format. Layers are matched as Keras matches them: by
   * their order, not by name.
   *
   * @param model a model of the same layers
   * @throws ModelFormatException if the file is no such file, is damaged, or is of another model
   * @throws IOException if the file cannot be read
   */
  public static Weights read(Model model, Path file) throws IOException {
    try (Hdf5File hdf = Hdf5File.read(file)) {
      if (hdf.has("model_weights")) {
        return new LegacyWeights(hdf, "model_weights").readInto(model);
      }
      if (!hdf.texts("", "layer_names").isEmpty()) {
        return new LegacyWeights(hdf, "").readInto(model);
      }
      LayerOrder order = LayerOrder.of(model);
      NormalizationWeights.requireSame(NormalizationWeights.in(hdf), model, order);
      LookupWeights.requireSame(hdf, model, order);
      return WeightsH5.read(hdf, model, order);
    }
  }

  /**
   * Lists what is in a file that holds weights alone; no number is read.
   *
   * @return nothing if the file holds a whole model
   * @throws ModelFormatException if the file is damaged, or holds something else
   * @throws IOException if the file cannot be read
   */
  public static Optional<WeightsListing> list(Path file) throws IOException {
    try (Hdf5File hdf = Hdf5File.read(file)) {
      if (hdf.text("", "model_config").isPresent()) {
        return Optional.empty();
      }
      Optional<WeightsListing> listing = new WeightsLister(hdf).list().map(WeightsListing::of);
      if (listing.isEmpty()) {
        throw new ModelFormatException(
            file, "expected a model or weights of Keras, got other HDF5 data.");
      }
      return listing;
    }
  }
}
