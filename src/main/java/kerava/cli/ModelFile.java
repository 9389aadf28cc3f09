package kerava.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import kerava.Model;
import kerava.StoredModel;
import kerava.saving.KerasArchive;
import kerava.saving.KerasH5;
import kerava.saving.SavedModels;

/** Model files, by their names. */
final class ModelFile {
  private ModelFile() {}

  /** Reads a file that holds a model with its layers. */
  static StoredModel stored(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      return SavedModels.read(path);
    }
    return isHdf5(path) ? KerasH5.read(path) : KerasArchive.read(path);
  }

  static boolean isHdf5(Path path) {
    String name = path.toString().toLowerCase(Locale.ROOT);
    return name.endsWith(".h5") || name.endsWith(".hdf5");
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
   * Refuses a model that takes no images.
   *
   * @throws IllegalArgumentException if it does not
   */
  static void requireImages(Model model) {
    if (!model.takesImages()) {
      throw new IllegalArgumentException(
          "Model \"%s\": expected one that takes images (height, width, 1, 3 or 4 channels), got one of %s. A .npy file can be given instead."
              .formatted(model.name(), model.inputShapes()));
    }
  }
}
