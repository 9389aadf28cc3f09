package kerava.saving;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The endings of names that mean a format, so that nothing is written under the name of another.
 */
public final class FileExtension {
  private static final String KERAS = "Write .keras, and have Keras save that as .h5.";
  private static final String TF2ONNX = "Write a SavedModel's folder; tf2onnx makes ONNX of that.";
  private static final String LITE =
      "Write a SavedModel's folder; TensorFlow Lite's converter takes that.";
  private static final String PACK = "Write a folder, and pack that.";

  private static final Map<String, String> FORMATS =
      Map.ofEntries(
          Map.entry("keras", "a .keras archive"),
          Map.entry("weights.h5", "weights alone"),
          Map.entry("h5", "a whole model in HDF5"),
          Map.entry("hdf5", "a whole model in HDF5"),
          Map.entry("onnx", "ONNX"),
          Map.entry("tflite", "TensorFlow Lite"),
          Map.entry("lite", "TensorFlow Lite"),
          Map.entry("pb", "a TensorFlow graph"),
          Map.entry("pbtxt", "a TensorFlow graph as text"),
          Map.entry("ckpt", "a TensorFlow checkpoint"),
          Map.entry("index", "a TensorFlow checkpoint"),
          Map.entry("pt", "PyTorch"),
          Map.entry("pth", "PyTorch"),
          Map.entry("bin", "a file of weights"),
          Map.entry("safetensors", "safetensors"),
          Map.entry("gguf", "GGUF"),
          Map.entry("mlmodel", "Core ML"),
          Map.entry("mlpackage", "Core ML"),
          Map.entry("engine", "TensorRT"),
          Map.entry("plan", "TensorRT"),
          Map.entry("caffemodel", "Caffe"),
          Map.entry("xml", "OpenVINO"),
          Map.entry("pkl", "a Python pickle"),
          Map.entry("pickle", "a Python pickle"),
          Map.entry("joblib", "a Python pickle"),
          Map.entry("npy", "a NumPy array"),
          Map.entry("npz", "NumPy arrays"),
          Map.entry("json", "JSON"),
          Map.entry("yaml", "YAML"),
          Map.entry("yml", "YAML"),
          Map.entry("csv", "a table"),
          Map.entry("txt", "a text"),
          Map.entry("md", "a text"),
          Map.entry("html", "a web page"),
          Map.entry("pdf", "a document"),
          Map.entry("svg", "a picture"),
          Map.entry("png", "a picture"),
          Map.entry("jpg", "a picture"),
          Map.entry("jpeg", "a picture"),
          Map.entry("tfrecord", "records"),
          Map.entry("py", "a program"),
          Map.entry("java", "a program"),
          Map.entry("jar", "a Java archive"),
          Map.entry("ipynb", "a notebook"),
          Map.entry("zip", "a packed archive"),
          Map.entry("tar", "a packed archive"),
          Map.entry("gz", "a packed archive"),
          Map.entry("tgz", "a packed archive"),
          Map.entry("bz2", "a packed archive"),
          Map.entry("xz", "a packed archive"),
          Map.entry("7z", "a packed archive"),
          Map.entry("rar", "a packed archive"));

  private static final Map<String, String> HINTS =
      Map.of(
          "a whole model in HDF5", KERAS,
          "ONNX", TF2ONNX,
          "TensorFlow Lite", LITE,
          "a TensorFlow graph", "A SavedModel is a folder; write that.",
          "a packed archive", PACK);

  private FileExtension() {}

  /** The ending of a name that means a format, in lower case and without its first dot, if any. */
  static Optional<String> of(Path path) {
    String name =
        String.valueOf(path.toAbsolutePath().normalize().getFileName()).toLowerCase(Locale.ROOT);
    if (name.endsWith(".weights.h5")) {
      return Optional.of("weights.h5");
    }
    return Optional.of(name.substring(name.lastIndexOf('.') + 1))
        .filter(ending -> name.contains(".") && FORMATS.containsKey(ending));
  }

  /**
   * Refuses the name of a folder that ends like a file's: {@code model.onnx}.
   *
   * @throws IllegalArgumentException if it does; the message says which format it would mean
   */
  public static void requireFolder(Path path) {
    require(path, "the name of a folder");
  }

  /**
   * Refuses a name that means another format.
   *
   * @param expected what is written
   * @param own the endings that mean it
   * @throws IllegalArgumentException if it does
   */
  static void require(Path path, String expected, String... own) {
    Optional<String> ending = of(path);
    if (ending.isEmpty() || List.of(own).contains(ending.get())) {
      return;
    }
    String format = FORMATS.get(ending.get());
    throw new IllegalArgumentException(
        path
            + ": expected "
            + expected
            + ", got one that ends in ."
            + ending.get()
            + ", as "
            + format
            + " does. "
            + HINTS.getOrDefault(format, "Choose another name."));
  }
}
