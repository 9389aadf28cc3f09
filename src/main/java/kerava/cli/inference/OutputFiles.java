package kerava.cli.inference;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import kerava.cli.terminal.Console;
import kerava.config.Listed;
import kerava.config.Visible;
import kerava.data.Npy;
import kerava.files.Draft;
import kerava.files.Fsync;
import kerava.files.NameList;
import kerava.files.WriteException;
import kerava.graph.Array;

/**
 * Where outputs are written: a file for one, a folder for several, with a file for each.
 *
 * @param place the file or folder
 * @param names the names of the outputs
 */
public record OutputFiles(Path place, List<String> names) {
  private static final String ENDING = ".npy";

  /** Whether a name ends as those of NumPy's files do. */
  public static boolean isNpy(Path path) {
    return path.toString().toLowerCase(Locale.ROOT).endsWith(ENDING);
  }

  /** Refuses places and names that cannot be written, before anything is computed. */
  public void check(Console console) {
    if (names.size() == 1 && !isNpy(place)) {
      throw console.usage("--output: expected a name that ends in .npy, got " + place + ".");
    }
    if (names.size() > 1 && (isNpy(place) || Files.isRegularFile(place))) {
      throw console.usage(
          "--output: expected a folder for the outputs %s, got %s."
              .formatted(Listed.of(names), place));
    }
    if (names.size() > 1) {
      requireFileNames();
    }
    for (Path file : files()) {
      if (Files.isDirectory(file)) {
        throw console.usage("--output: expected the name of a file, got the folder " + file + ".");
      }
    }
  }

  private void requireFileNames() {
    for (String name : names) {
      if (name.isBlank()
          || name.startsWith(".")
          || !NameList.fits(name)
          || name.matches(".*[/\\\\:].*")) {
        throw new IllegalArgumentException(
            Visible.of(
                "--output: expected names of outputs that files can have, got \"%s\"."
                    .formatted(Listed.of(List.of(name)))));
      }
    }
    if (names.stream().map(name -> name.toLowerCase(Locale.ROOT)).distinct().count()
        < names.size()) {
      throw new IllegalArgumentException(
          Visible.of(
              "--output: expected names of outputs that differ in more than case, got %s."
                  .formatted(Listed.of(names))));
    }
  }

  private Collection<Path> files() {
    return names.size() == 1
        ? List.of(place)
        : names.stream().map(name -> place.resolve(name + ENDING)).toList();
  }

  /**
   * Writes all outputs, or none. A folder that is not there appears with all of them; in one that
   * is there, each file is replaced at once, when all are complete.
   */
  public void write(Map<String, Array> outputs) throws IOException {
    if (names.size() == 1) {
      Npy.write(place, outputs.values().iterator().next());
      return;
    }
    Path folder = place.toAbsolutePath().normalize();
    boolean made = !Files.exists(folder);
    try (Draft draft = Draft.in(made ? folder.resolveSibling("") : folder)) {
      for (Map.Entry<String, Array> output : outputs.entrySet()) {
        Npy.write(draft.path().resolve(output.getKey() + ENDING), output.getValue());
      }
      if (made) {
        draft.moveTo(folder);
        return;
      }
      for (Path file : files()) {
        Files.move(
            draft.path().resolve(String.valueOf(file.getFileName())),
            file,
            StandardCopyOption.ATOMIC_MOVE,
            StandardCopyOption.REPLACE_EXISTING);
      }
      Fsync.of(folder);
    } catch (IOException e) {
      throw WriteException.of("--output: expected to write into " + place, place, e);
    }
  }

  /** What was written. */
  public String written() {
    return files().stream().map(Path::toString).collect(Collectors.joining(", "));
  }
}
