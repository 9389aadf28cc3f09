package kerava.saving;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import kerava.ModelCard;
import kerava.StoredModel;
import kerava.config.Catalog;
import kerava.config.Listed;
import kerava.config.Source;
import kerava.files.Limits;
import kerava.files.ModelFormatException;
import kerava.saving.hdf5.Hdf5File;
import kerava.saving.json.AdaptedNormalization;
import kerava.saving.json.CompileJson;
import kerava.saving.json.ConfigMigration;
import kerava.saving.json.JsonText;
import kerava.saving.json.Keras2Differences;
import kerava.saving.json.LayerOrder;
import kerava.saving.json.ModelReader;
import kerava.saving.weights.LegacyOptimizer;
import kerava.saving.weights.LegacyWeights;

/**
 * Whole models in Keras' old format, one {@code .h5} file each, of Keras 2 and 3: read only.
 *
 * <p>For files that hold weights alone see {@link WeightsFile}.
 *
 * @see <a href="https://keras.io/api/models/model_saving_apis/">Keras: model saving</a>
 */
public final class KerasH5 {
  private static final String ROOT = "";

  private KerasH5() {}

  /**
   * Reads a model of Kerava's own classes.
   *
   * @throws ModelFormatException if the file is no such model, is damaged, breaks the {@link
   *     Limits}, or asks for what Kerava does not have
   * @throws IOException if the file cannot be read
   */
  public static StoredModel read(Path file) throws IOException {
    return read(file, Registry.standard());
  }

  /**
   * Reads a model.
   *
   * @param registry the classes that the file may name
   * @throws ModelFormatException if the file is no such model, is damaged, breaks the {@link
   *     Limits}, or asks for what the registry does not have
   * @throws IOException if the file cannot be read
   */
  public static StoredModel read(Path file, Registry registry) throws IOException {
    try (Hdf5File hdf = Hdf5File.read(file)) {
      Optional<Source> config = config(hdf, "model_config", registry.catalog());
      if (config.isEmpty()) {
        throw new ModelFormatException(file, "expected a whole model, got " + instead(hdf));
      }
      Optional<String> keras = hdf.text(ROOT, "keras_version");
      Optional<Source> training = config(hdf, "training_config", registry.catalog());
      LegacyWeights weights = new LegacyWeights(hdf, "model_weights");
      AdaptedNormalization.fill(config.get().node(), weights.adapted());
      ModelReader.Read read = ModelReader.read(config.get());
      StoredModel stored =
          StoredModel.of(read.model(), weights.read(read.model(), read.order()))
              .remarked(Keras2Differences.remarks(config.get().node(), keras));
      ModelCard card =
          ModelCard.blank().written(keras.map(version -> "Keras " + version), Optional.empty());
      return (training.isPresent() ? compiled(hdf, stored, read.order(), training.get()) : stored)
          .about(card);
    } catch (IllegalArgumentException e) {
      throw new ModelFormatException(file, String.valueOf(e.getMessage()), e);
    }
  }

  /** What a file holds that has no description of a model. */
  private static String instead(Hdf5File hdf) throws ModelFormatException {
    Set<String> names = hdf.names(ROOT);
    boolean weights =
        !hdf.texts(ROOT, "layer_names").isEmpty()
            || names.contains("layers")
            || names.contains("_layer_checkpoint_dependencies");
    return weights
        ? "weights alone. Save the model itself in Python, with model.save(\"model.keras\"), or read"
            + " them into a model of the same layers with WeightsFile.read."
        : "HDF5 without a model_config, with "
            + (names.isEmpty() ? "nothing" : Listed.of(names))
            + " in it. Did Keras write it?";
  }

  private static StoredModel compiled(
      Hdf5File hdf, StoredModel stored, LayerOrder order, Source training)
      throws ModelFormatException {
    CompileJson.Read read =
        CompileJson.read(training, training.field("optimizer_config"), stored.model());
    StoredModel remarked = read.remarkOn(stored);
    return read.settings().isPresent()
        ? new LegacyOptimizer(hdf, read.settings().get(), order).addTo(remarked)
        : remarked;
  }

  private static Optional<Source> config(Hdf5File hdf, String name, Catalog catalog)
      throws ModelFormatException {
    Optional<String> text = hdf.text(ROOT, name);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    int most = Limits.current().jsonBytes();
    byte[] bytes = text.get().getBytes(StandardCharsets.UTF_8);
    if (bytes.length > most) {
      throw new ModelFormatException(
          hdf.path(), name + ": expected at most " + most + " bytes, got " + bytes.length + ".");
    }
    JsonNode json = JsonText.read(hdf.path(), name, bytes);
    String path = name + ":$";
    return Optional.of(new Source(new ConfigMigration(catalog).plain(json, path), path, catalog));
  }
}
