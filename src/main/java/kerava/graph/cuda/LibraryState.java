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
 * @param otherVersion a file of another version of it, where it was not found and there is one
 */
public record LibraryState(
    CudaLibrary library,
    Optional<Path> path,
    boolean fromMaven,
    String problem,
    Optional<Path> otherVersion) {

  /** Whether it was found. */
  public boolean found() {
    return path.isPresent();
  }

  static LibraryState of(CudaLibrary library, SystemLibraries system, List<Path> about) {
    Path maven = MavenCuda.load().get(library);
    if (maven != null) {
      return found(library, maven, true);
    }
    SystemLibraries.Opened opened = system.open(library.soname());
    // The library that opens this one also looks beside itself.
    for (Path folder : opened.path().isPresent() ? List.<Path>of() : about) {
      Path beside = folder.resolve(library.soname());
      if (!library.openedByTensorFlow() && Files.exists(beside)) {
        opened = system.open(beside.toString());
      }
    }
    if (opened.path().isPresent()) {
      return found(library, opened.path().get(), false);
    }
    Instead instead = Instead.of(library.soname(), about);
    String problem = opened.problem() + instead.words();
    return new LibraryState(library, Optional.empty(), false, problem, instead.otherVersion());
  }

  private static LibraryState found(CudaLibrary library, Path path, boolean fromMaven) {
    return new LibraryState(library, Optional.of(path), fromMaven, "", Optional.empty());
  }

  /** A file of that name, or of another version, where the loader does not look for it. */
  private record Instead(String words, Optional<Path> otherVersion) {
    static Instead of(String soname, List<Path> about) {
      String stem = soname.substring(0, soname.indexOf(".so") + 3);
      List<Path> others = new ArrayList<>();
      for (Path folder : about) {
        if (Files.exists(folder.resolve(soname))) {
          return words("; it is in " + folder + ", which LD_LIBRARY_PATH does not name");
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, stem + ".*")) {
          files.forEach(others::add);
        } catch (IOException e) {
          return words("; " + folder + " cannot be listed: " + e);
        }
      }
      Optional<Path> other = others.stream().sorted().findFirst();
      return new Instead(
          other.map(file -> "; there is " + file + ", another version").orElse(""), other);
    }

    private static Instead words(String words) {
      return new Instead(words, Optional.empty());
    }
  }
}
