package kerava.saving;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import kerava.ClassScores;
import kerava.files.ModelFormatException;
import kerava.images.Preprocessing;
import kerava.saving.savedmodel.SavedModelInfo;

/**
 * What the files of a SavedModel say of it: how it is called, what its classes are, how it takes
 * images. Nothing of the model runs, and nothing of it is given to TensorFlow.
 *
 * @see <a href="https://www.tensorflow.org/guide/saved_model">TensorFlow: the SavedModel format</a>
 */
public final class SavedModelDescription {
  private final SavedModelInfo info;

  SavedModelDescription(SavedModelInfo info) {
    this.info = info;
  }

  /**
   * Reads what a SavedModel's files say.
   *
   * @param path its folder, or a folder of version folders, of which the highest is taken
   * @throws ModelFormatException if there is no SavedModel, or it is damaged or incomplete
   * @throws IOException if it cannot be read
   */
  public static SavedModelDescription read(Path path) throws IOException {
    return new SavedModelDescription(SavedModelInfo.read(path));
  }

  /** The version folder. */
  public Path folder() {
    return info.folder();
  }

  /**
   * Why {@link LoadedModel#open(Path)} would not load the model, although it is sound: the
   * operation in it that does more than compute. Empty if it would.
   */
  public Optional<String> untrusted() {
    return info.untrusted();
  }

  /** The ways to call the model, sorted by name. */
  public List<ModelSignature> signatures() {
    return info.signatures().all().stream().map(ModelSignature::of).toList();
  }

  /**
   * One way to call the model.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public ModelSignature signature(String name) {
    return ModelSignature.of(info.signatures().get(name));
  }

  /**
   * The signature that is called where none is named: the only one, else "serving_default".
   *
   * @throws IllegalArgumentException if there are several, and none of that name
   */
  public ModelSignature defaultSignature() {
    return ModelSignature.of(info.signatures().byDefault());
  }

  /** The names of the classes that travel with the model; empty if it has none. */
  public List<String> classNames() {
    return info.classNames();
  }

  /**
   * How image files and pixels become what a signature takes: as the folder says, or as they are
   * where the signature takes bytes or the graph scales them itself; else divided by 255. Of a
   * signature with several inputs, its first.
   */
  public Preprocessing preprocessing(ModelSignature signature) {
    return info.preprocessing(signature.inputs().values().iterator().next().spec());
  }

  /** Whether the folder says how; else it follows from the graph. */
  public boolean saysPreprocessing() {
    return info.saysPreprocessing();
  }

  /**
   * What the output of the default signature means, as far as the last operation of its graph says.
   */
  public ClassScores scores() {
    return info.scores();
  }

  /**
   * The names of a signature's inputs in the order in which Python calls the model; empty if the
   * model does not say, as those of TensorFlow 1 do not.
   *
   * @throws IllegalArgumentException if there is no such signature
   */
  public Optional<List<String>> inputOrder(String signature) {
    return info.inputOrder(signature);
  }
}
