package kerava.saving;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import kerava.ClassScores;
import kerava.config.Listed;
import kerava.config.Visible;
import kerava.images.ColorMode;
import kerava.images.ImageSize;
import kerava.images.Preprocessing;
import kerava.images.Scaling;
import kerava.saving.savedmodel.GraphCheck;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.TensorInfo;

/**
 * What the files of a SavedModel say of it: how it is called, what its classes are, how it takes
 * images. Nothing of the model runs, and nothing of it is given to TensorFlow.
 *
 * @see <a href="https://www.tensorflow.org/guide/saved_model">TensorFlow: the SavedModel format</a>
 */
public final class SavedModelDescription {
  private final SavedModelFolder files;
  private final GraphCheck sound;
  private final SortedMap<String, ModelSignature> signatures = new TreeMap<>();
  private final List<String> classNames;
  private final Optional<Preprocessing> preprocessing;

  private SavedModelDescription(SavedModelFolder files, GraphCheck sound) throws IOException {
    this.files = files;
    this.sound = sound;
    files
        .meta()
        .getSignatureDefMap()
        .forEach(
            (name, signature) -> {
              // What starts like this initializes, or trains; it is not for callers.
              if (!name.startsWith("__saved_model_")) {
                signatures.put(name, ModelSignature.of(name, signature));
              }
            });
    classNames = files.classNames();
    preprocessing = SavedModels.preprocessing(files);
  }

  /**
   * Reads what a SavedModel's files say.
   *
   * @param path its folder, or a folder of version folders, of which the highest is taken
   * @throws ModelFormatException if there is no SavedModel, or it is damaged or incomplete
   * @throws IOException if it cannot be read
   */
  public static SavedModelDescription read(Path path) throws IOException {
    SavedModelFolder files = SavedModelFolder.open(path);
    return of(files, files.requireSound());
  }

  static SavedModelDescription of(SavedModelFolder files, GraphCheck sound) throws IOException {
    return new SavedModelDescription(files, sound);
  }

  /** The version folder. */
  public Path folder() {
    return files.folder();
  }

  /**
   * Why {@link LoadedModel#open(Path)} would not load the model, although it is sound: the
   * operation in it that does more than compute. Empty if it would.
   */
  public Optional<String> untrusted() {
    try {
      files.requireComputing(sound);
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /** The ways to call the model, sorted by name. */
  public List<ModelSignature> signatures() {
    return List.copyOf(signatures.values());
  }

  /**
   * One way to call the model.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public ModelSignature signature(String name) {
    ModelSignature signature = signatures.get(name);
    if (signature == null) {
      throw new IllegalArgumentException(
          Visible.of(
              "SavedModel: expected one of the signatures "
                  + Listed.of(signatures.keySet())
                  + ", got \""
                  + name
                  + "\"."));
    }
    return signature;
  }

  /**
   * The signature that is called where none is named: the only one, else "serving_default".
   *
   * @throws IllegalArgumentException if there are several, and none of that name
   */
  public ModelSignature defaultSignature() {
    return signatures.size() == 1
        ? signatures.values().iterator().next()
        : signature(LoadedModel.DEFAULT_SIGNATURE);
  }

  /** The names of the classes that travel with the model; empty if it has none. */
  public List<String> classNames() {
    return classNames;
  }

  /**
   * How image files and pixels become what a signature takes: as the folder says, or as they are
   * where the signature takes bytes or the graph scales them itself; else divided by 255. Of a
   * signature with several inputs, its first.
   */
  public Preprocessing preprocessing(ModelSignature signature) {
    ModelSignature.Value input = signature.inputs().values().iterator().next();
    return preprocessing.orElseGet(() -> found(input));
  }

  /** Whether the folder says how; else it follows from the graph. */
  public boolean saysPreprocessing() {
    return preprocessing.isPresent();
  }

  private Preprocessing found(ModelSignature.Value input) {
    boolean raw =
        !input.type().startsWith("float")
            || SignaturePixels.rescaled(files.meta().getGraphDef(), input.tensor());
    Preprocessing how = Preprocessing.defaults().scaling(raw ? Scaling.NONE : Scaling.UNIT);
    Shape shape = input.shape();
    if (shape.isUnknown() || shape.numDimensions() != 4) {
      return how;
    }
    Preprocessing coloured = ColorMode.ofChannels(shape.get(3)).map(how::colorMode).orElse(how);
    boolean sized =
        shape.get(1) > 0 && shape.get(2) > 0 && ImageSize.isPossible(shape.get(1), shape.get(2));
    return sized
        ? coloured.size(new ImageSize(Math.toIntExact(shape.get(1)), Math.toIntExact(shape.get(2))))
        : coloured;
  }

  /**
   * What the output of the default signature means, as far as the last operation of its graph says.
   */
  public ClassScores scores() {
    Map<String, TensorInfo> outputs =
        files.meta().getSignatureDefOrThrow(defaultSignature().name()).getOutputsMap();
    return outputs.size() == 1
        ? LastOperation.of(files.meta().getGraphDef(), outputs.values().iterator().next().getName())
        : ClassScores.UNKNOWN;
  }

  /**
   * The names of a signature's inputs in the order in which Python calls the model; empty if the
   * model does not say, as those of TensorFlow 1 do not.
   *
   * @throws IllegalArgumentException if there is no such signature
   */
  public Optional<List<String>> inputOrder(String signature) {
    return InputOrder.of(files.meta().getObjectGraphDef(), signature(signature).inputs().keySet());
  }
}
