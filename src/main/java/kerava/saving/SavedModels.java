package kerava.saving;

import java.io.IOException;
import java.nio.file.Path;
import kerava.MatchedWeights;
import kerava.Model;
import kerava.StoredModel;
import kerava.files.ModelFormatException;
import kerava.graph.Weights;
import kerava.saving.export.SavedModelWriter;
import kerava.saving.export.ServingGuide;
import kerava.saving.export.VersionFolder;
import kerava.saving.keras2.Keras2Folder;
import kerava.saving.savedmodel.KeravaFolder;
import kerava.saving.savedmodel.SavedModelFolder;
import kerava.saving.savedmodel.VariableReader;

/**
 * Hands models to Python and TensorFlow Serving as SavedModels.
 *
 * <p>In Python, {@code tf.saved_model.load} gives an object that can be called, differentiated and
 * trained, like one that Keras' {@code model.export} wrote.
 *
 * @see <a href="https://www.tensorflow.org/guide/saved_model">TensorFlow: the SavedModel format</a>
 * @see <a href="https://keras.io/api/models/model_saving_apis/export/">Keras: model export</a>
 */
public final class SavedModels {
  private SavedModels() {}

  /**
   * Makes sure that a folder can take versions of a model.
   *
   * @param base the folder of all versions; need not be there
   * @throws IllegalArgumentException if its name ends like a file's of another format
   * @throws java.nio.file.FileAlreadyExistsException if it is no folder, or holds anything but
   *     versions
   * @throws ModelFormatException if TensorFlow would not find the model's variables there
   * @throws IOException if it cannot be read
   */
  public static void checkBase(Path base) throws IOException {
    FileExtension.requireFolder(base);
    VersionFolder.checkBase(base);
  }

  /**
   * Writes the next version of a model, with {@linkplain ExportOptions#defaults default options}.
   *
   * @param base the folder of all versions; made if it is not there
   * @return the new folder, {@code base/1} for the first
   * @throws IllegalArgumentException if the weights are not those of the model, or the folder's
   *     name ends like a file's of another format
   * @throws IOException if it cannot be written; no new version is there then
   */
  public static Path export(Model model, Weights weights, Path base) throws IOException {
    return export(model, weights, base, ExportOptions.defaults());
  }

  /**
   * Writes the next version of a model with the names of its classes.
   *
   * @param base the folder of all versions; made if it is not there
   * @return the new folder, {@code base/1} for the first
   * @throws IOException if it cannot be written; no new version is there then
   */
  public static Path export(StoredModel stored, Path base) throws IOException {
    ExportOptions options = ExportOptions.defaults().classNames(stored.card().classNames());
    return export(stored.model(), stored.weights(), base, options);
  }

  /**
   * Writes a version of a model. The folder appears whole or not at all.
   *
   * @param base the folder of all versions; made if it is not there
   * @return the new folder, {@code base/1} for the first
   * @throws IllegalArgumentException if the weights are not those of the model, or the options do
   *     not fit it
   * @throws java.nio.file.FileAlreadyExistsException if the version that the options name is there
   * @throws IOException if it cannot be written; no new version is there then
   */
  public static Path export(Model model, Weights weights, Path base, ExportOptions options)
      throws IOException {
    SavedModelWriter writer = new SavedModelWriter(model, weights, options.settings());
    FileExtension.requireFolder(base);
    return writer.write(base, step -> {});
  }

  /**
   * Makes sure, before hours of training, that a model can be exported.
   *
   * @throws IllegalArgumentException if the options do not fit it
   */
  public static void check(Model model, ExportOptions options) {
    SavedModelWriter.check(model, options.settings());
  }

  /**
   * The command, for a shell of Unix, that serves one version of a model with TensorFlow Serving,
   * as {@code SERVING.md} does with all: REST on port 8501, gRPC on 8500.
   *
   * @param base the folder of all versions
   * @param version which of them
   */
  public static String servingCommand(Path base, long version) {
    return ServingGuide.command(base, version);
  }

  /**
   * Reads a model of Kerava's own classes, to train it further: one that Kerava exported, or one
   * that {@code model.save(folder)} of Keras 2 wrote, with its compile settings and the state of
   * its optimizer.
   *
   * @param path its folder, or the folder of its versions, of which the highest is taken
   * @return the model, its weights, and what else the folder holds of it
   * @throws ModelFormatException if it holds no layers, as the exports of Keras 3 do, or asks for
   *     what Kerava does not have, or is damaged
   * @throws IOException if it cannot be read
   */
  public static StoredModel read(Path path) throws IOException {
    return read(path, Registry.standard());
  }

  /**
   * Reads a model, to train it further.
   *
   * @param path its folder, or the folder of its versions, of which the highest is taken
   * @param registry the classes that it may name
   * @return the model, its weights, and what else the folder holds of it
   * @throws ModelFormatException if it holds no layers, as the exports of Keras 3 do, or asks for
   *     what the registry does not have, or is damaged
   * @throws IOException if it cannot be read
   */
  public static StoredModel read(Path path, Registry registry) throws IOException {
    SavedModelFolder files = SavedModelFolder.open(path);
    return Keras2Folder.isOne(files)
        ? Keras2Folder.read(files, registry.catalog())
        : KeravaFolder.read(files, registry.catalog());
  }

  /**
   * Reads weights into a model: from any SavedModel of TensorFlow 2, such as Keras 3's export,
   * which holds no layers.
   *
   * @param path its folder, or a folder of versions, of which the highest is taken
   * @return what matched by name and shape, what is missing and what is left over
   * @throws ModelFormatException if it is damaged
   * @throws IOException if it cannot be read
   */
  public static MatchedWeights readWeights(Path path, Model model) throws IOException {
    return MatchedWeights.of(model, new VariableReader(SavedModelFolder.open(path)).read());
  }
}
