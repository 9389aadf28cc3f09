package kerava.report;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import kerava.files.AtomicExchange;
import kerava.files.Draft;
import kerava.files.Fsync;
import kerava.files.WriteException;

/** The folder of a report: written aside, then moved into place as a whole. */
final class ReportFolder {
  private final Path folder;
  private final Set<String> ours;
  private final Swap swap;

  /** Gives two folders each other's name, if the system can; tests choose one that cannot. */
  @FunctionalInterface
  interface Swap {
    boolean done(Path one, Path other);
  }

  /**
   * A folder that may or may not exist.
   *
   * @param folder where the report goes
   * @param ours the names of all files that a report may hold
   */
  ReportFolder(Path folder, Set<String> ours) {
    this(folder, ours, AtomicExchange::done);
  }

  ReportFolder(Path folder, Set<String> ours, Swap swap) {
    this.folder = folder.toAbsolutePath().normalize();
    this.ours = ours;
    this.swap = swap;
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

  /**
   * Writes a report in place of an earlier one; if that fails, the earlier one stays. At every
   * moment there is a whole page: the folders are exchanged in one step or, where the system cannot
   * do that, the files one after another, the page last, which needs no other.
   */
  void write(Map<String, byte[]> files) throws IOException {
    check();
    Path parent = folder.resolveSibling("");
    try (Draft draft = Draft.in(parent)) {
      Path aside = Files.createDirectory(draft.path());
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        Files.write(aside.resolve(file.getKey()), file.getValue());
      }
      Fsync.all(aside);
      publish(draft, files.keySet());
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (IOException e) {
      throw WriteException.of(folder + ": expected to write a report", folder, e);
    }
  }

  private void publish(Draft draft, Set<String> names) throws IOException {
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      try {
        draft.moveTo(folder);
        return;
      } catch (FileSystemException e) {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
          throw e;
        }
        check(); // Another process was faster.
      }
    }
    if (swap.done(draft.path(), folder)) {
      Fsync.of(folder.resolveSibling(""));
    } else {
      replaceFiles(draft.path(), names);
    }
  }

  private void replaceFiles(Path aside, Set<String> names) throws IOException {
    List<String> order = new ArrayList<>(names);
    order.sort(Comparator.comparing(ReportFiles.PAGE::equals));
    for (String name : order) {
      Files.move(
          aside.resolve(name),
          folder.resolve(name),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    }
    for (String name : ours) {
      if (!names.contains(name)) {
        Files.deleteIfExists(folder.resolve(name));
      }
    }
    Fsync.of(folder);
  }
}
