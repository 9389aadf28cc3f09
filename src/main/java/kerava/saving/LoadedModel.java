package kerava.saving;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kerava.ClassScore;
import kerava.ClassScores;
import kerava.config.Visible;
import kerava.files.ModelFormatException;
import kerava.graph.Array;
import kerava.graph.Tensors;
import kerava.images.Preprocessing;
import kerava.saving.savedmodel.SavedModelSession;
import kerava.saving.savedmodel.SignatureCheck;
import kerava.saving.savedmodel.Signatures;
import kerava.saving.savedmodel.StringTensors;
import org.tensorflow.Tensor;
import org.tensorflow.types.TString;

/**
 * A SavedModel that runs: Kerava's own, one that Keras or TensorFlow wrote, or one of TensorFlow 1.
 *
 * <pre>{@code
 * try (LoadedModel model = LoadedModel.open(Path.of("savedmodels/cifar10_cnn"))) {
 *   Array probabilities = model.call(images);
 * }
 * }</pre>
 *
 * <p>It can be used from several threads at once; closing waits for calls under way.
 *
 * @see <a href="https://www.tensorflow.org/guide/saved_model">TensorFlow: the SavedModel format</a>
 */
public final class LoadedModel implements AutoCloseable {
  /** The signature that servers call where none is named. */
  public static final String DEFAULT_SIGNATURE = Signatures.DEFAULT;

  private final SavedModelSession session;
  private final SavedModelDescription description;

  private LoadedModel(SavedModelSession session) {
    this.session = session;
    this.description = new SavedModelDescription(session.info());
  }

  /**
   * Loads a SavedModel that only computes.
   *
   * @param path its folder, or a folder of version folders, of which the highest is taken
   * @throws ModelFormatException if there is no SavedModel, or it is damaged or incomplete, or has
   *     operations that touch files, processes, the network or Python
   * @throws IOException if it cannot be read
   */
  public static LoadedModel open(Path path) throws IOException {
    return open(path, LoadOptions.defaults());
  }

  /**
   * Loads a SavedModel.
   *
   * @param path its folder, or a folder of version folders, of which the highest is taken
   * @param options what it may do
   * @throws ModelFormatException if there is no SavedModel, or it is damaged or incomplete, or does
   *     what it may not
   * @throws IOException if it cannot be read
   */
  public static LoadedModel open(Path path, LoadOptions options) throws IOException {
    return new LoadedModel(SavedModelSession.open(path, options.trust()));
  }

  /** What the files say of the model: its signatures, classes, and how it takes images. */
  public SavedModelDescription description() {
    return description;
  }

  /** The version folder that was loaded. */
  public Path folder() {
    return description.folder();
  }

  /** The ways to call the model, sorted by name. */
  public List<ModelSignature> signatures() {
    return description.signatures();
  }

  /**
   * One way to call the model.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public ModelSignature signature(String name) {
    return description.signature(name);
  }

  /** The names of the classes that travel with the model; empty if it has none. */
  public List<String> classNames() {
    return description.classNames();
  }

  /** How image files and pixels become what a signature takes: {@link #description} says it. */
  public Preprocessing preprocessing(ModelSignature signature) {
    return description.preprocessing(signature);
  }

  /** Whether the folder says that; else it follows from the graph. */
  public boolean saysPreprocessing() {
    return description.saysPreprocessing();
  }

  /** What the output of the default signature means: {@link #description} says it. */
  public ClassScores scores() {
    return description.scores();
  }

  /** The inputs of a signature in the model's own order: {@link #description} says it. */
  public Optional<List<String>> inputOrder(String signature) {
    return description.inputOrder(signature);
  }

  /**
   * Calls the default signature, which has one input and one output.
   *
   * @throws IllegalArgumentException if it has several, or the input is not of the type and shape
   *     that it takes
   * @throws IllegalStateException if the model was closed
   */
  public Array call(Array input) {
    ModelSignature signature = defaultSignature();
    if (signature.inputs().size() != 1 || signature.outputs().size() != 1) {
      throw new IllegalArgumentException(
          Visible.of(
              SignatureCheck.where(signature.name())
                  + ": expected one input and one output, got "
                  + signature
                  + "."));
    }
    String name = signature.inputs().keySet().iterator().next();
    return call(signature.name(), Map.of(name, input)).values().iterator().next();
  }

  /**
   * Calls a signature of one input with the bytes of files, which it decodes itself.
   *
   * @return all outputs by name, of shape (files, ...)
   * @throws IllegalArgumentException if it takes something else
   * @throws IllegalStateException if the model was closed
   */
  public Map<String, Array> call(String signature, List<byte[]> files) {
    return session.call(signature, files);
  }

  /**
   * The signature that is called where none is named: the only one, else "serving_default".
   *
   * @throws IllegalArgumentException if there are several, and none of that name
   */
  public ModelSignature defaultSignature() {
    return description.defaultSignature();
  }

  /**
   * Calls a signature.
   *
   * @param inputs all inputs by name; truths are UINT8, 0 or 1
   * @return all outputs by name; truths are UINT8
   * @throws IllegalArgumentException if there is no such signature, or the inputs are not those
   *     that it takes, or an output is of a type that arrays do not have; then use {@link #run}
   * @throws IllegalStateException if the model was closed
   */
  public Map<String, Array> call(String signature, Map<String, Array> inputs) {
    return session.call(signature, inputs);
  }

  /**
   * Calls a signature with tensors of any type.
   *
   * @param inputs all inputs by name; they stay the caller's
   * @return all outputs, to be closed
   * @throws IllegalArgumentException if there is no such signature, or the inputs are not those
   *     that it takes
   * @throws IllegalStateException if the model was closed
   */
  public ModelOutputs run(String signature, Map<String, ? extends Tensor> inputs) {
    return new ModelOutputs(session.run(signature, inputs));
  }

  /**
   * The best classes of a batch, by a signature that names classes, as Kerava's exports have them.
   *
   * @param input as the model takes it, of shape (batch, ...)
   * @return one list a sample, best class first
   * @throws IllegalArgumentException if the model has no signature "classify", or the input is not
   *     of the type and shape that it takes
   * @throws IllegalStateException if the model was closed
   */
  public List<List<ClassScore>> classify(Array input) {
    try (Tensor tensor = Tensors.of(input)) {
      return classify("classify", tensor);
    }
  }

  /**
   * The best classes of photographs.
   *
   * @param images PNG or JPEG files, of any size
   * @return one list an image, best class first
   * @throws IllegalArgumentException if the model has no signature "classify_image", or one of the
   *     files is no image
   * @throws IllegalStateException if the model was closed
   */
  public List<List<ClassScore>> classify(List<byte[]> images) {
    try (TString tensor = StringTensors.tensor(images)) {
      return classify("classify_image", tensor);
    }
  }

  private List<List<ClassScore>> classify(String name, Tensor input) {
    String alias = signature(name).inputs().keySet().iterator().next();
    try (ModelOutputs outputs = run(name, Map.of(alias, input))) {
      return outputs.classes();
    }
  }

  /** Frees the model, once calls under way have ended. */
  @Override
  public void close() {
    session.close();
  }
}
