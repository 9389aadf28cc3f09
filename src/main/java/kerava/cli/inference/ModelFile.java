package kerava.cli.inference;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import kerava.Model;
import kerava.StoredModel;
import kerava.cli.terminal.Console;
import kerava.config.Visible;
import kerava.saving.KerasArchive;
import kerava.saving.KerasH5;
import kerava.saving.ModelKind;
import kerava.saving.SavedModels;

/** Model files, by what is in them. */
public final class ModelFile {
  private ModelFile() {}

  /** Reads a file that holds a model with its layers. */
  public static StoredModel stored(Path path) throws IOException {
    return switch (ModelKind.of(path)) {
      case ARCHIVE -> KerasArchive.read(path);
      case H5 -> KerasH5.read(path);
      case SAVED_MODEL -> SavedModels.read(path);
    };
  }

  /** Says what was left out in reading a file, a line each. */
  public static void note(StoredModel stored, Console console) {
    stored.card().remarks().forEach(remark -> console.line("Note: " + remark));
  }

  /** The name of a file without its folder and its ending. */
  public static String baseName(Path path) {
    String name = String.valueOf(path.toAbsolutePath().normalize().getFileName());
    String base = name.replaceFirst("(?i)(\\.weights)?\\.(keras|h5|hdf5)$", "");
    return base.isEmpty() ? name : base;
  }

  /**
   * The name that a model's trainings share: without the number of one of them, as {@code
   * cifar10_cnn-3.keras} and {@code cifar10_cnn/3} have it.
   */
  public static String runName(Path path) {
    Path file = path.toAbsolutePath().normalize();
    Path parent = file.getParent();
    boolean version = Files.isDirectory(file) && baseName(file).matches("\\d+");
    String name = version && parent != null ? baseName(parent) : baseName(file);
    return name.replaceFirst("(?<=.)-\\d{1,17}$", "");
  }

  /**
   * Refuses a model that takes no images.
   *
   * @throws IllegalArgumentException if it does not
   */
  public static void requireImages(Model model) {
    if (!model.takesImages()) {
      throw new IllegalArgumentException(
          Visible.of(
              "Model \"%s\": expected one that takes images (height, width, 1, 3 or 4 channels), got one of %s. A .npy file can be given instead."
                  .formatted(model.name(), model.inputShapes())));
    }
  }
}
