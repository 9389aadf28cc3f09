package kerava.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import kerava.Layer;
import kerava.Model;
import kerava.Step;
import kerava.config.Key;
import kerava.saving.KerasArchive;
import kerava.saving.KerasH5;
import kerava.saving.ModelKind;
import kerava.saving.SavedModels;
import kerava.saving.StoredModel;
import org.tensorflow.ndarray.Shape;

/** Model files, by what is in them. */
final class ModelFile {
  private static final Set<String> SCALING = Set.of("Rescaling", "Normalization");

  private static final Set<String> MOVING =
      Set.of("Cropping2D", "Identity", "Resizing", "ZeroPadding2D");

  private ModelFile() {}

  /** Reads a file that holds a model with its layers. */
  static StoredModel stored(Path path) throws IOException {
    return switch (ModelKind.of(path)) {
      case ARCHIVE -> KerasArchive.read(path);
      case H5 -> KerasH5.read(path);
      case SAVED_MODEL -> SavedModels.read(path);
    };
  }

  /** Says what was left out in reading a file, a line each. */
  static void note(StoredModel stored, Console console) {
    stored.card().remarks().forEach(remark -> console.line("Note: " + remark));
  }

  /** The name of a file without its folder and its ending. */
  static String baseName(Path path) {
    String name = String.valueOf(path.toAbsolutePath().normalize().getFileName());
    String base = name.replaceFirst("(?i)(\\.weights)?\\.(keras|h5|hdf5)$", "");
    return base.isEmpty() ? name : base;
  }

  /**
   * The name that a model's trainings share: without the number of one of them, as {@code
   * cifar10_cnn-3.keras} and {@code cifar10_cnn/3} have it.
   */
  static String runName(Path path) {
    Path file = path.toAbsolutePath().normalize();
    Path parent = file.getParent();
    boolean version = Files.isDirectory(file) && baseName(file).matches("\\d+");
    String name = version && parent != null ? baseName(parent) : baseName(file);
    return name.replaceFirst("(?<=.)-\\d{1,17}$", "");
  }

  /** The shape of one input, without the batch dimension. */
  static Shape sample(Model model) {
    Shape shape = model.inputShape();
    return shape.subShape(1, shape.numDimensions());
  }

  /**
   * What pixels are divided by before they enter a model: nothing if it scales them itself, else
   * 255, as in the notebook.
   */
  static float divisor(StoredModel stored) {
    return stored.card().divisor().orElse(scalesItself(stored.model()) ? 1f : 255f);
  }

  private static boolean scalesItself(Model model) {
    return model.steps().stream()
        .filter(step -> !step.isInput() && !keepsPixels(className(step)))
        .findFirst()
        .filter(step -> SCALING.contains(className(step)))
        .isPresent();
  }

  /** Whether a layer moves pixels and leaves their range, as augmentation does in inference. */
  private static boolean keepsPixels(String className) {
    return className.startsWith("Random") || MOVING.contains(className);
  }

  /** Whether the last layer ends in a softmax, so that outputs are probabilities. */
  static boolean givesProbabilities(Model model) {
    Layer last = model.step(model.outputs().get(0).step()).layer();
    if (last.schema().className().equals("Softmax")) {
      return true;
    }
    return last.schema().keys().stream()
        .filter(key -> key.name().equals("activation"))
        .findFirst()
        .map(key -> isSoftmax(last, key))
        .orElse(false);
  }

  private static boolean isSoftmax(Layer layer, Key<?> activation) {
    return String.valueOf(layer.config().get(activation)).equalsIgnoreCase("softmax");
  }

  private static String className(Step step) {
    return step.layer().schema().className();
  }
}
