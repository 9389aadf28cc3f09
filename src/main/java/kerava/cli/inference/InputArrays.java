package kerava.cli.inference;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import kerava.cli.terminal.Console;
import kerava.config.Listed;
import kerava.config.Visible;
import kerava.data.Npy;
import kerava.files.DatasetException;
import kerava.graph.Array;
import kerava.graph.Rows;
import kerava.saving.ModelSignature;
import org.jspecify.annotations.Nullable;

/**
 * The files of rows that a command line names for the inputs of a model, each with a name, or all
 * in the model's order: .npy files, or .txt files of texts, one a line.
 *
 * @param named by the name of an input
 * @param inOrder in the model's order; empty if they have names
 */
public record InputArrays(Map<String, Path> named, List<Path> inOrder) {
  private static final String TEXT = ".txt";

  /** Whether a name ends as that of a file of rows does. */
  public static boolean isRows(Path path) {
    return OutputFiles.isNpy(path) || isText(path);
  }

  private static boolean isText(Path path) {
    return path.toString().toLowerCase(Locale.ROOT).endsWith(TEXT);
  }

  /** What {@code --input NAME=FILE.npy} names, each once. */
  public static InputArrays named(List<String> words, Console console) {
    Map<String, Path> named = new LinkedHashMap<>();
    for (String word : words) {
      int sign = word.indexOf('=');
      if (sign < 1 || !isRows(Path.of(word.substring(sign + 1)))) {
        throw console.usage(
            "--input: expected NAME=FILE.npy or NAME=FILE.txt, got \"" + word + "\".");
      }
      if (named.put(word.substring(0, sign), Path.of(word.substring(sign + 1))) != null) {
        throw console.usage("--input: expected each name once, got " + word + " too.");
      }
    }
    return new InputArrays(named, List.of());
  }

  /** Reads the arrays of all inputs of a model, once it is seen that each has one. */
  public Map<String, Array> read(InferenceModel model) throws IOException {
    Map<String, Array> arrays = new LinkedHashMap<>();
    Map<String, String> rows = new LinkedHashMap<>();
    for (Map.Entry<String, Path> file : files(model).entrySet()) {
      Array array = read(file.getValue(), model.signature().inputs().get(file.getKey()));
      arrays.put(file.getKey(), array);
      if (hasRows(model.signature().inputs().get(file.getKey()))) {
        rows.put(file.getKey(), String.valueOf(rows(file.getValue(), array)));
      }
    }
    if (Set.copyOf(rows.values()).size() > 1) {
      throw new IllegalArgumentException(
          "INPUT: expected as many rows for every input, got %s."
              .formatted(
                  Listed.of(
                      rows.entrySet().stream()
                          .map(e -> e.getKey() + ": " + e.getValue())
                          .toList())));
    }
    return arrays;
  }

  private static Array read(Path file, ModelSignature.@Nullable Value input) throws IOException {
    if (!isText(file)) {
      return Npy.read(file);
    }
    if (input != null && !input.type().equals("string")) {
      throw new IllegalArgumentException(
          "%s: expected an .npy file for the input of %s, got lines of text."
              .formatted(file, input.type()));
    }
    String[] lines = lines(file);
    boolean column = input != null && input.shape().numDimensions() == 2;
    return column ? Array.of(lines, lines.length, 1) : Array.of(lines, lines.length);
  }

  private static String[] lines(Path file) throws IOException {
    try {
      return Files.readAllLines(file).toArray(String[]::new);
    } catch (CharacterCodingException e) {
      throw new DatasetException(file, "expected lines of text in UTF-8, got other bytes.", e);
    }
  }

  /** Whether an input takes any number of rows. */
  private static boolean hasRows(ModelSignature.@Nullable Value input) {
    return input != null
        && (input.shape().isUnknown()
            || (input.shape().numDimensions() > 0 && input.shape().get(0) < 0));
  }

  private static int rows(Path file, Array array) {
    if (array.shape().numDimensions() == 0 || Rows.count(array) == 0) {
      throw new IllegalArgumentException(
          file + ": expected shape (rows, ...) with at least one row, got " + array.shape() + ".");
    }
    return Rows.count(array);
  }

  private Map<String, Path> files(InferenceModel model) {
    List<String> names = List.copyOf(model.signature().inputs().keySet());
    if (inOrder.isEmpty()) {
      if (!named.keySet().equals(new TreeSet<>(names))) {
        throw new IllegalArgumentException(
            Visible.of(
                "--input: expected one for each input of the model, %s, got %s."
                    .formatted(Listed.of(names), Listed.of(named.keySet()))));
      }
      return named;
    }
    if (inOrder.size() != names.size()) {
      throw new IllegalArgumentException(
          Visible.of(
              "INPUT: expected %s for the inputs %s of the model, got %d."
                  .formatted(
                      names.size() == 1
                          ? "one .npy or .txt file"
                          : names.size() + " .npy or .txt files",
                      Listed.of(names),
                      inOrder.size())));
    }
    if (!model.ordered()) {
      throw new IllegalArgumentException(
          Visible.of(
              "INPUT: expected --input NAME=FILE.npy for each of the inputs %s, whose order the model does not say, got names of files alone."
                  .formatted(Listed.of(names))));
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
}
