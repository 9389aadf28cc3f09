package kerava.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import kerava.config.Listed;
import kerava.data.Npy;
import kerava.graph.Array;
import org.tensorflow.ndarray.Shape;

/**
 * The .npy files that a command line names for the inputs of a model: each with a name, or all in
 * the model's order.
 *
 * @param named by the name of an input
 * @param inOrder in the model's order; empty if they have names
 */
record InputArrays(Map<String, Path> named, List<Path> inOrder) {
  /** What {@code --input NAME=FILE.npy} names, each once. */
  static InputArrays named(List<String> words, Console console) {
    Map<String, Path> named = new LinkedHashMap<>();
    for (String word : words) {
      int sign = word.indexOf('=');
      if (sign < 1 || !OutputFiles.isNpy(Path.of(word.substring(sign + 1)))) {
        throw console.usage("--input: expected NAME=FILE.npy, got \"" + word + "\".");
      }
      if (named.put(word.substring(0, sign), Path.of(word.substring(sign + 1))) != null) {
        throw console.usage("--input: expected each name once, got " + word + " too.");
      }
    }
    return new InputArrays(named, List.of());
  }

  /** Reads the arrays of all inputs of a model, once it is seen that each has one. */
  Map<String, Array> read(Asked asked) throws IOException {
    Map<String, Array> arrays = new LinkedHashMap<>();
    for (Map.Entry<String, Path> file : files(asked).entrySet()) {
      arrays.put(file.getKey(), rows(file.getValue()));
    }
    return arrays;
  }

  private Map<String, Path> files(Asked asked) {
    List<String> names = List.copyOf(asked.signature().inputs().keySet());
    if (inOrder.isEmpty()) {
      if (!named.keySet().equals(new TreeSet<>(names))) {
        throw new IllegalArgumentException(
            "--input: expected one for each input of the model, %s, got %s."
                .formatted(Listed.of(names), Listed.of(named.keySet())));
      }
      return named;
    }
    if (inOrder.size() != names.size()) {
      throw new IllegalArgumentException(
          "INPUT: expected %s for the inputs %s of the model, got %d."
              .formatted(
                  names.size() == 1 ? "one .npy file" : names.size() + " .npy files",
                  Listed.of(names),
                  inOrder.size()));
    }
    if (!asked.ordered()) {
      throw new IllegalArgumentException(
          "INPUT: expected --input NAME=FILE.npy for each of the inputs %s, whose order the model does not say, got names of files alone."
              .formatted(Listed.of(names)));
    }
    return paired(names);
  }

  private Map<String, Path> paired(List<String> names) {
    Map<String, Path> paired = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      paired.put(names.get(i), inOrder.get(i));
    }
    return paired;
  }

  private static Array rows(Path file) throws IOException {
    Array array = Npy.read(file);
    Shape shape = array.shape();
    if (shape.numDimensions() == 0 || shape.get(0) == 0) {
      throw new IllegalArgumentException(
          file + ": expected shape (rows, ...) with at least one row, got " + shape + ".");
    }
    return array;
  }
}
