package kerava.saving;

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

/**
 * Which of the formats of models a file or folder has, found out from what is in it.
 *
 * <p>What is no model is named as what it is, with what to give instead.
 */
public enum ModelKind {
  /** A {@code .keras} archive, packed or unpacked: {@link KerasArchive}. */
  ARCHIVE,
  /** A whole model in HDF5: {@link KerasH5}. */
  H5,
  /** The folder of a SavedModel, or of its versions: {@link SavedModels}, {@link LoadedModel}. */
  SAVED_MODEL;

  private static final String ANY =
      "a .keras archive, an .h5 file of a whole model or a SavedModel's folder";

  /**
   * Finds out what a path leads to.
   *
   * @throws NoSuchFileException if there is nothing
   * @throws ModelFormatException if it is no model; the message says what it is instead
   * @throws IOException if it cannot be read
   */
  public static ModelKind of(Path path) throws IOException {
    requireThere(path);
    if (Files.isDirectory(path)) {
      if (isUnpacked(path)) {
        return ARCHIVE;
      }
      if (isSavedModel(path)) {
        return SAVED_MODEL;
      }
    } else {
      FileKind kind = FileKind.of(path);
      if (kind == FileKind.HDF5) {
        return H5;
      }
      if (kind == FileKind.ZIP && isArchive(path)) {
        return ARCHIVE;
      }
    }
    throw refusal(path, ANY);
  }

  static void requireThere(Path path) throws NoSuchFileException {
    if (!Files.exists(path)) {
      String found = Files.isSymbolicLink(path) ? "a link that leads nowhere" : "none";
      throw new NoSuchFileException(path.toString(), null, "expected a file, got " + found);
    }
  }

  /** Whether a folder is what a {@code .keras} archive becomes when it is unpacked. */
  static boolean isUnpacked(Path folder) {
    return Files.isRegularFile(folder.resolve(KerasArchive.CONFIG))
        && Files.isRegularFile(folder.resolve(KerasArchive.WEIGHTS));
  }

  private static boolean isSavedModel(Path folder) throws IOException {
    return Files.isRegularFile(folder.resolve(SavedModelFolder.FILE))
        || !VersionFolder.versions(folder).isEmpty();
  }

  private static boolean isArchive(Path file) {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      return zip.getEntry(KerasArchive.CONFIG) != null;
    } catch (IOException | IllegalArgumentException e) {
      // Damaged: the reader of archives says where.
      return true;
    }
  }

  /** Says what something is that is not what was expected. */
  static ModelFormatException refusal(Path path, String expected) throws IOException {
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
      if (names.contains("variables.index")) {
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
      if (names.contains(KerasArchive.CONFIG)) {
        return new Found("a folder with layers and without " + KerasArchive.WEIGHTS, COPY);
      }
      return inside(names);
    }

    private static Found inside(Set<String> names) {
      List<String> models =
          names.stream().filter(name -> name.matches("(?i).*\\.(keras|h5|hdf5)")).sorted().toList();
      return new Found(
          "a folder without " + SavedModelFolder.FILE,
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
            "Of a SavedModel, give the folder with " + SavedModelFolder.FILE + ".");
      }
      if (name.equals("keras_metadata.pb") || name.equals("fingerprint.pb")) {
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
              new Found(
                  "a zip archive without " + KerasArchive.CONFIG, "Was it written by Keras?"));
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
          isUnpacked(folder) ? folderOf(file) : "Give the .keras archive that it comes from.");
    }
  }
}
