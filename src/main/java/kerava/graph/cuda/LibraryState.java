package kerava.graph.cuda;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What became of one of CUDA's libraries.
 *
 * @param library which one
 * @param path the file that the system's loader opened; empty if it opened none
 * @param fromMaven whether that is Maven's copy
 * @param problem the loader's words where it opened none, and what lies about instead
 */
public record LibraryState(
    CudaLibrary library, Optional<Path> path, boolean fromMaven, String problem) {

  private static final String THERE_IS = "; there is ";
  private static final String OTHER = ", another version";

  /** A file of another version of it, where it was not found and there is one. */
  Optional<Path> otherVersion() {
    int from = problem.indexOf(THERE_IS);
    return problem.endsWith(OTHER) && from >= 0
        ? Optional.of(
            Path.of(problem.substring(from + THERE_IS.length(), problem.length() - OTHER.length())))
        : Optional.empty();
  }

  /** Whether it was found. */
  public boolean found() {
    return path.isPresent();
  }

  static LibraryState of(CudaLibrary library, SystemLibraries system, List<Path> about) {
    Path maven = MavenCuda.load().get(library);
    if (maven != null) {
      return new LibraryState(library, Optional.of(maven), true, "");
    }
    SystemLibraries.Opened opened = system.open(library.soname());
    // The library that opens this one also looks beside itself.
    for (Path folder : opened.path().isPresent() ? List.<Path>of() : about) {
      Path beside = folder.resolve(library.soname());
      if (!library.openedByTensorFlow() && Files.exists(beside)) {
        opened = system.open(beside.toString());
      }
    }
    String problem =
        opened.path().isPresent() ? "" : opened.problem() + instead(library.soname(), about);
    return new LibraryState(library, opened.path(), false, problem);
  }

  /** A file of that name, or of another version, where the loader does not look for it. */
  private static String instead(String soname, List<Path> about) {
    String stem = soname.substring(0, soname.indexOf(".so") + 3);
    List<Path> others = new ArrayList<>();
    for (Path folder : about) {
      if (Files.exists(folder.resolve(soname))) {
        return "; it is in " + folder + ", which LD_LIBRARY_PATH does not name";
      }
      try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, stem + ".*")) {
        files.forEach(others::add);
      } catch (IOException e) {
        return "; " + folder + " cannot be listed: " + e;
      }
    }
    return others.stream().sorted().findFirst().map(file -> THERE_IS + file + OTHER).orElse("");
  }
}
