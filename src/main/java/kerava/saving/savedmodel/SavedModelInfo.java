package kerava.saving.savedmodel;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kerava.ClassScores;
import kerava.files.ModelFormatException;
import kerava.images.ColorMode;
import kerava.images.ImageSize;
import kerava.images.Preprocessing;
import kerava.images.Scaling;
import kerava.saving.savedmodel.check.GraphCheck;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.TensorInfo;

/** What the files of a SavedModel say of it; nothing of the model runs. */
public final class SavedModelInfo {
  private final SavedModelFolder files;
  private final GraphCheck sound;
  private final Signatures signatures;
  private final List<String> classNames;
  private final Optional<Preprocessing> preprocessing;

  private SavedModelInfo(SavedModelFolder files, GraphCheck sound) throws IOException {
    this.files = files;
    this.sound = sound;
    signatures = new Signatures(files.meta());
    classNames = SavedModelMetadata.classNames(files.folder());
    preprocessing = SavedModelMetadata.preprocessing(files.folder());
  }

  /**
   * Reads what a SavedModel's files say.
   *
   * @param path its folder, or a folder of version folders, of which the highest is taken
   * @throws ModelFormatException if there is no SavedModel, or it is damaged or incomplete
   * @throws IOException if it cannot be read
   */
  public static SavedModelInfo read(Path path) throws IOException {
    SavedModelFolder files = SavedModelFolder.open(path);
    return of(files, files.requireSound());
  }

  static SavedModelInfo of(SavedModelFolder files, GraphCheck sound) throws IOException {
    return new SavedModelInfo(files, sound);
  }

  /** The version folder. */
  public Path folder() {
    return files.folder();
  }

  /** The operation that does more than compute, as a refusal says it; empty if there is none. */
  public Optional<String> untrusted() {
    try {
      files.requireComputing(sound);
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /** The ways to call the model. */
  public Signatures signatures() {
    return signatures;
  }

  /** The names of the classes that travel with the model; empty if it has none. */
  public List<String> classNames() {
    return classNames;
  }

  /** Whether the folder says how the model takes images; else it follows from the graph. */
  public boolean saysPreprocessing() {
    return preprocessing.isPresent();
  }

  /**
   * How image files and pixels become what an input takes: as the folder says, or as they are where
   * the input takes bytes or the graph scales them itself; else divided by 255.
   */
  public Preprocessing preprocessing(SignatureTensor input) {
    return preprocessing.orElseGet(() -> found(input));
  }

  private Preprocessing found(SignatureTensor input) {
    boolean raw =
        !input.type().startsWith("float")
            || InputRescaling.rescaled(files.meta().getGraphDef(), input.tensor());
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

  /** What the output of the default signature means, as far as the graph's last operation says. */
  public ClassScores scores() {
    Map<String, TensorInfo> outputs =
        files.meta().getSignatureDefOrThrow(signatures.byDefault().name()).getOutputsMap();
    return outputs.size() == 1
        ? LastOperation.of(files.meta().getGraphDef(), outputs.values().iterator().next().getName())
        : ClassScores.UNKNOWN;
  }

  /**
   * The names of a signature's inputs in the order in which Python calls the model; empty if the
   * model does not say.
   *
   * @throws IllegalArgumentException if there is no such signature
   */
  public Optional<List<String>> inputOrder(String signature) {
    return InputOrder.of(
        files.meta().getObjectGraphDef(), signatures.get(signature).inputs().keySet());
  }
}
