package kerava.cli.inference;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kerava.ClassScores;
import kerava.cli.options.PixelOptions;
import kerava.config.Listed;
import kerava.config.Visible;
import kerava.data.Dataset;
import kerava.graph.Array;
import kerava.graph.Device;
import kerava.images.Preprocessing;
import kerava.saving.LoadOptions;
import kerava.saving.ModelKind;
import kerava.saving.ModelSignature;
import org.tensorflow.ndarray.Shape;

/** A model that predicts, whatever file it comes from. */
public interface InferenceModel extends AutoCloseable {
  /** Opens a model file or a SavedModel's folder, which predicts through its default signature. */
  public static InferenceModel open(
      Path path, Device device, PixelOptions pixels, LoadOptions loading) throws IOException {
    return open(path, device, pixels, loading, Optional.empty());
  }

  /**
   * Opens a model file or a SavedModel's folder.
   *
   * @param loading what a SavedModel may do
   * @param signature the signature of a SavedModel to call, if not its default one
   * @throws IllegalArgumentException if there is none of that name
   */
  public static InferenceModel open(
      Path path,
      Device device,
      PixelOptions pixels,
      LoadOptions loading,
      Optional<String> signature)
      throws IOException {
    if (ModelKind.of(path) == ModelKind.SAVED_MODEL) {
      return GraphModel.open(path, loading, signature, pixels);
    }
    if (signature.isPresent()) {
      throw new IllegalArgumentException(
          "--signature: expected beside the folder of a SavedModel, got it beside " + path + ".");
    }
    return LayersModel.open(path, device, pixels);
  }

  /** What the model takes and gives, by name; in its order, where that is known. */
  ModelSignature signature();

  /** Whether the order of the inputs is the model's own, and not that of their names alone. */
  boolean ordered();

  /** What becomes of images on their way to the model. */
  Preprocessing preprocessing();

  /**
   * The same with a size, to read files by.
   *
   * @throws IllegalArgumentException if the model takes images of any size and none is asked for
   */
  default Preprocessing images() {
    return PixelOptions.sized(preprocessing());
  }

  /** The line that says what becomes of images. */
  String pixelsLine();

  /** The names of the classes; empty if the file does not say. */
  List<String> classNames();

  /**
   * Whether it is known that outputs are about classes, which a linear last layer leaves open.
   *
   * @param outputs how many there are
   */
  default boolean tellsClasses(int outputs) {
    return classNames().size() == Math.max(2, outputs);
  }

  /** What the outputs mean, if the layers are known and say. */
  ClassScores scores();

  /**
   * The outputs for inputs that go in as they are, but for their number type.
   *
   * @param inputs by name, shape (rows, ...)
   * @return by name, shape (rows, ...)
   * @throws IllegalArgumentException if the inputs are not those of the model, or do not fit
   */
  Map<String, Array> predict(Map<String, Array> inputs);

  /**
   * The outputs for images; of a model with one input.
   *
   * @return by name, shape (images, ...)
   * @throws IOException if a file cannot be read
   */
  Map<String, Array> predict(Dataset images) throws IOException;

  /**
   * The shape of the only input, without the batch dimension.
   *
   * @throws IllegalArgumentException if the model has several inputs, or one of unknown shape
   */
  default Shape sample() {
    if (signature().inputs().size() != 1) {
      throw new IllegalArgumentException(
          Visible.of(
              "INPUT: expected a model of one input for image files, got one of %s. Give .npy files: --input NAME=FILE.npy for each."
                  .formatted(Listed.of(signature().inputs().keySet()))));
    }
    Shape shape = signature().inputs().values().iterator().next().shape();
    if (shape.isUnknown() || shape.numDimensions() == 0) {
      throw new IllegalArgumentException(
          Visible.of(
              "Model \"%s\": expected an input of shape (batch, ...), got %s."
                  .formatted(signature().name(), shape)));
    }
    return shape.subShape(1, shape.numDimensions());
  }

  /**
   * Refuses models of several inputs or outputs.
   *
   * @param work what cannot be done with them
   */
  static void requireOneOfEach(ModelSignature signature, String work) {
    if (signature.inputs().size() != 1 || signature.outputs().size() != 1) {
      throw new IllegalArgumentException(
          Visible.of(
              "%s: expected a model with one input and one output, got inputs %s and outputs %s."
                  .formatted(
                      work,
                      Listed.of(signature.inputs().keySet()),
                      Listed.of(signature.outputs().keySet()))));
    }
  }

  @Override
  void close();
}
