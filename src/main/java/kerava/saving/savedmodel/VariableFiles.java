package kerava.saving.savedmodel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import kerava.files.Limits;
import kerava.files.ModelFormatException;
import kerava.files.SmallFile;
import kerava.saving.format.FileNames;
import kerava.saving.format.GlobPath;
import kerava.saving.savedmodel.check.BundleIndex;
import kerava.saving.savedmodel.check.GraphException;

/** The files that hold a SavedModel's variables: an index, and shards with the values. */
final class VariableFiles {
  private static final Pattern SHARD = Pattern.compile("variables\\.data-(\\d{5})-of-(\\d{5})");

  private VariableFiles() {}

  /**
   * Refuses a folder whose files are not all there: TensorFlow loads a model without an index, and
   * fails at its first request.
   */
  static void require(Path folder) throws IOException {
    Path variables = folder.resolve(FileNames.VARIABLES);
    GlobPath.refuse(folder);
    requireFile(variables.resolve(FileNames.VARIABLES_INDEX));
    List<String> names = names(variables);
    Matcher shard =
        names.stream()
            .map(SHARD::matcher)
            .filter(Matcher::matches)
            .findFirst()
            .orElseThrow(
                () ->
                    new ModelFormatException(
                        variables.resolve("variables.data-00000-of-00001").toString(),
                        "a file",
                        "nothing",
                        "Is the copy of it complete?"));
    int shards = Integer.parseInt(shard.group(2));
    for (int i = 0; i < shards; i++) {
      requireFile(values(variables, i, shards));
    }
    requireIndex(variables, shards);
  }

  private static Path values(Path variables, int number, int shards) {
    return variables.resolve("variables.data-%05d-of-%05d".formatted(number, shards));
  }

  private static void requireIndex(Path variables, int shards) throws IOException {
    Path index = variables.resolve(FileNames.VARIABLES_INDEX);
    long[] sizes = new long[shards];
    for (int i = 0; i < shards; i++) {
      sizes[i] = Files.size(values(variables, i, shards));
    }
    try {
      BundleIndex.require(
          SmallFile.bytes(index, Limits.FILE_BYTES), i -> i < 0 || i >= shards ? -1 : sizes[i]);
    } catch (GraphException e) {
      throw new ModelFormatException(
          index + " " + e.where(), e.expected(), e.found(), "Is the folder damaged?");
    }
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static void requireFile(Path file) throws IOException {
    if (!Files.isRegularFile(file) || Files.size(file) == 0) {
      throw new ModelFormatException(
          file.toString(),
          "the values of the model's variables",
          Files.exists(file) ? "an empty file" : "nothing",
          "Is the copy of it complete?");
    }
  }
}
