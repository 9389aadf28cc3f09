package kerava.saving.format;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import kerava.files.FileKind;
import kerava.files.Limits;
import kerava.files.ModelFormatException;

/**
 * What stands at a path that is no model of the format that was expected, and what to give instead.
 */
public final class UnexpectedFormat {
  private UnexpectedFormat() {}

  /**
   * Refuses a path that leads nowhere.
   *
   * @throws NoSuchFileException if it does
   */
  public static void requireThere(Path path) throws NoSuchFileException {
    if (!Files.exists(path)) {
      String found = Files.isSymbolicLink(path) ? "a link that leads nowhere" : "none";
      throw new NoSuchFileException(path.toString(), null, "expected a file, got " + found);
    }
  }

  /** Says what something is that is not what was expected. */
  public static ModelFormatException refusal(Path path, String expected) throws IOException {
    Path file = path.toAbsolutePath().normalize();
    Found found = Files.isDirectory(path) ? Found.folder(file) : Found.file(file);
    String where = String.valueOf(file.getFileName());
    return found.instead().isEmpty()
        ? new ModelFormatException(where, expected, found.words())
        : new ModelFormatException(where, expected, found.words(), found.instead());
  }

  /**
   * What was found.
   *
   * @param words a part of a sentence
   * @param instead what to give instead, a sentence; or nothing
   */
  private record Found(String words, String instead) {
    private static final String KERAS = "Save the model in Keras as .keras, and give that.";
    private static final String COPY = "Is the copy or the download of it complete?";
    private static final String PAGE = "Was it downloaded? A server sends such a page instead.";

    static Found folder(Path folder) throws IOException {
      Set<String> names = names(folder);
      if (names.isEmpty()) {
        return new Found("an empty folder", COPY);
      }
      if (names.contains(FileNames.VARIABLES_INDEX)) {
        return new Found(
            "the variables of a SavedModel",
            "Give the folder above it: " + folder.getParent() + ".");
      }
      if (names.contains("model.json")) {
        return new Found("a folder of TensorFlow.js", KERAS);
      }
      if (names.stream().anyMatch(name -> name.endsWith(".index"))) {
        return new Found("a checkpoint, which holds weights without layers", KERAS);
      }
      if (names.contains(FileNames.CONFIG)) {
        return new Found("a folder with layers and without " + FileNames.WEIGHTS, COPY);
      }
      return inside(names);
    }

    private static Found inside(Set<String> names) {
      List<String> models =
          names.stream().filter(name -> name.matches("(?i).*\\.(keras|h5|hdf5)")).sorted().toList();
      return new Found(
          "a folder without " + FileNames.SAVED_MODEL,
          models.isEmpty() ? COPY : "Give a file in it, such as " + models.get(0) + ".");
    }

    private static Set<String> names(Path folder) throws IOException {
      try (Stream<Path> children = Files.list(folder)) {
        return Set.copyOf(
            children
                .map(child -> child.getFileName().toString())
                .filter(name -> !name.startsWith("."))
                .toList());
      }
    }

    static Found file(Path file) throws IOException {
      FileKind kind = FileKind.of(file);
      String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
      if (name.matches("(variables|.*\\.ckpt.*|.*checkpoint.*)\\.(index|data-\\d+-of-\\d+)")) {
        return new Found(
            "a part of a checkpoint",
            "Of a SavedModel, give the folder with " + FileNames.SAVED_MODEL + ".");
      }
      if (name.equals(FileNames.KERAS_METADATA) || name.equals(FileNames.FINGERPRINT)) {
        return new Found("a file that stands beside a SavedModel's graph", folderOf(file));
      }
      return switch (kind) {
        case SAVED_MODEL -> new Found(kind.words(), folderOf(file));
        case HDF5 ->
            new Found("an HDF5 file", "KerasH5.read reads whole models, WeightsFile.read weights.");
        case GRAPH, ONNX, TFLITE, SAFETENSORS, GGUF, PICKLE -> new Found(kind.words(), KERAS);
        case ZIP -> zip(file);
        case JSON -> json(file);
        case HTML, XML -> new Found(kind.words(), PAGE);
        case LFS_POINTER -> new Found(kind.words(), "Fetch the file itself: git lfs pull.");
        case EMPTY, ZEROS, OTHER -> new Found(kind.words(), COPY);
        case PACKED -> new Found(kind.words(), "Give what is in it.");
        case PNG, JPEG, GIF, BMP, WEBP, AVIF, HEIC, TIFF, JPEG_XL, JPEG_2000, NPY ->
            new Found(kind.words(), "Inputs come after the model.");
        default -> new Found(kind.words(), "");
      };
    }

    private static String folderOf(Path file) {
      return "Give its folder: " + file.getParent() + ".";
    }

    private static Found zip(Path file) throws IOException {
      try (ZipFile zip = new ZipFile(file.toFile())) {
        List<String> names = zip.stream().limit(1000).map(ZipEntry::getName).toList();
        return named(names);
      } catch (IllegalArgumentException e) {
        return new Found("a damaged zip archive", COPY);
      }
    }

    private static Found named(List<String> names) {
      if (names.stream().anyMatch(name -> name.endsWith("data.pkl"))) {
        return new Found("a PyTorch file", "Kerava reads models that Keras wrote.");
      }
      if (!names.isEmpty() && names.stream().allMatch(name -> name.endsWith(".npy"))) {
        return new Found("NumPy arrays (.npz)", "");
      }
      return names.stream()
          .filter(
              name -> name.matches("(?i)(.*/)?(saved_model\\.pb|config\\.json|.*\\.(keras|h5))"))
          .findFirst()
          .map(name -> new Found("a zip archive with " + name + " in it", "Unpack it first."))
          .orElse(
              new Found("a zip archive without " + FileNames.CONFIG, "Was it written by Keras?"));
    }

    private static String start(Path file) throws IOException {
      try (InputStream in = Files.newInputStream(file)) {
        return new String(in.readNBytes(Limits.current().metadataBytes()), StandardCharsets.UTF_8);
      }
    }

    private static Found json(Path file) throws IOException {
      String text = start(file);
      if (text.contains("\"modelTopology\"")) {
        return new Found("a TensorFlow.js model", KERAS);
      }
      if (text.contains("\"nbformat\"")) {
        return new Found("a Jupyter notebook", "Give the model that it saves.");
      }
      if (!text.contains("\"class_name\"")) {
        return new Found("a JSON text", PAGE);
      }
      Path folder = file.resolveSibling("");
      return new Found(
          "the JSON of a model's layers, which holds no weights",
          FolderFormat.isUnpackedArchive(folder)
              ? folderOf(file)
              : "Give the .keras archive that it comes from.");
    }
  }
}
