package kerava.report;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import kerava.files.Folders;
import kerava.files.WriteException;
import org.apache.commons.io.file.PathUtils;

/** The folder of a report: written aside, then moved into place as a whole. */
final class ReportFolder {
  private final Path folder;
  private final Set<String> ours;

  /**
   * A folder that may or may not exist.
   *
   * @param folder where the report goes
   * @param ours the names of all files that a report may hold
   */
  ReportFolder(Path folder, Set<String> ours) {
    this.folder = folder.toAbsolutePath().normalize();
    this.ours = ours;
  }

  /**
   * Makes sure that nothing but an earlier report would be replaced.
   *
   * @throws FileAlreadyExistsException if something else is there
   */
  void check() throws IOException {
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      throw refusal("something that is not a folder");
    }
    try (Stream<Path> files = Files.list(folder)) {
      Optional<Path> foreign =
          files
              .filter(file -> !ours.contains(file.getFileName().toString()) || isNoFile(file))
              .sorted()
              .findFirst();
      if (foreign.isPresent()) {
        throw refusal("one that holds \"" + foreign.get().getFileName() + "\"");
      }
    }
  }

  private static boolean isNoFile(Path path) {
    return !Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
  }

  private FileAlreadyExistsException refusal(String found) {
    return new FileAlreadyExistsException(
        String.valueOf(folder.getFileName()),
        null,
        "expected no folder, or one with an earlier report and nothing else, got "
            + found
            + ". Move it away, or choose another name.");
  }

  /** Writes a report in place of an earlier one; if that fails, the earlier one stays. */
  void write(Map<String, byte[]> files) throws IOException {
    check();
    Path parent = folder.resolveSibling("");
    Folders.prepare(String.valueOf(folder.getFileName()), parent);
    String hidden = "." + folder.getFileName() + "-";
    Path aside = Files.createDirectory(unused(parent, hidden + "new"));
    Path earlier = unused(parent, hidden + "old");
    try {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        write(aside, file.getKey(), file.getValue());
      }
      exchange(aside, earlier);
    } finally {
      delete(aside);
    }
    delete(earlier);
  }

  /** A fresh name; folders made through it get the permissions that are usual here. */
  private static Path unused(Path parent, String name) {
    Path path = parent.resolve(name);
    for (int i = 1; Files.exists(path, LinkOption.NOFOLLOW_LINKS); i++) {
      path = parent.resolve(name + i);
    }
    return path;
  }

  private void write(Path aside, String name, byte[] content) throws IOException {
    try {
      Files.write(aside.resolve(name), content);
    } catch (IOException e) {
      Path file = folder.resolve(name);
      throw WriteException.of(file + ": expected to write it", file, e);
    }
  }

  private void exchange(Path aside, Path earlier) throws IOException {
    boolean replaces = Files.exists(folder, LinkOption.NOFOLLOW_LINKS);
    if (replaces) {
      Files.move(folder, earlier);
    }
    try {
      Files.move(aside, folder);
    } catch (IOException e) {
      if (replaces) {
        Files.move(earlier, folder);
      }
      throw e;
    }
  }

  private static void delete(Path path) throws IOException {
    if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      PathUtils.deleteDirectory(path);
    }
  }
}
