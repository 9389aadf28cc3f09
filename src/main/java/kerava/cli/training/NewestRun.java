package kerava.cli.training;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import kerava.files.AtomicFile;
import kerava.files.Folders;
import kerava.report.TrainingReport;

/**
 * What a name without a number means: copies of the newest archive and report. They are no links,
 * because who writes a model over the short name must not write over the training's own files.
 */
final class NewestRun {
  private final RunFiles files;

  private NewestRun(RunFiles files) {
    this.files = files;
  }

  /**
   * Gives a number to what stands under the short names and is no copy: the work of an earlier
   * version of Kerava, of Python, of a person.
   *
   * @return the new files
   */
  static List<Path> keep(RunFiles files) throws IOException {
    return alone(files, new NewestRun(files)::keep);
  }

  /**
   * Makes a training what the short names mean, unless there is a newer one.
   *
   * @return whether it is the newest
   */
  static boolean publish(RunFiles files, long number) throws IOException {
    return alone(files, () -> new NewestRun(files).publish(number));
  }

  /** Removes the folder of SavedModels where nothing was written into it. */
  static void clear(RunFiles files) throws IOException {
    if (files.highest() == 0) {
      Files.deleteIfExists(lock(files));
      Files.deleteIfExists(files.savedModels());
    }
  }

  private static Path lock(RunFiles files) {
    return files.savedModels().resolve(".lock");
  }

  /** Something to do while nobody else does it. */
  private interface Work<T> {
    T done() throws IOException;
  }

  private static synchronized <T> T alone(RunFiles files, Work<T> work) throws IOException {
    Folders.make(files.savedModels());
    Path file = lock(files);
    try (FileChannel channel =
            FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      if (!lock.isValid()) {
        throw new IOException(file + ": expected a lock that holds, got none.");
      }
      return work.done();
    }
  }

  private List<Path> keep() throws IOException {
    boolean archive =
        Files.isRegularFile(files.archive())
            && isNew(files.archives().mapToObj(files::archive), files.archive());
    boolean report =
        Files.isDirectory(files.report())
            && isNew(files.reports().mapToObj(files::report), files.report());
    List<Path> kept = new ArrayList<>();
    if (!archive && !report) {
      return kept;
    }
    OptionalLong beside = savedModelAlone();
    if (beside.isPresent()) {
      keep(beside.getAsLong(), archive, report, kept);
      return kept;
    }
    try (RunNumber number = RunNumber.claim(files)) {
      keep(number.value(), archive, report, kept);
    }
    return kept;
  }

  private void keep(long number, boolean archive, boolean report, List<Path> kept)
      throws IOException {
    if (archive) {
      copy(files.archive(), files.archive(number));
      kept.add(files.archive(number));
    }
    if (report) {
      TrainingReport.copy(files.report(), files.report(number));
      kept.add(files.report(number));
    }
  }

  /** The newest SavedModel, where its archive and report have no number yet, as once was usual. */
  private OptionalLong savedModelAlone() throws IOException {
    OptionalLong newest = files.highestSavedModel();
    return newest.isPresent()
            && LongStream.concat(files.archives(), files.reports())
                .noneMatch(number -> number >= newest.getAsLong())
        ? newest
        : OptionalLong.empty();
  }

  private boolean publish(long number) throws IOException {
    if (files.archives().max().orElse(0) > number) {
      return false;
    }
    copy(files.archive(number), files.archive());
    TrainingReport.copy(files.report(number), files.report());
    return true;
  }

  private static void copy(Path from, Path to) throws IOException {
    AtomicFile.write(to, draft -> Files.copy(from, draft, StandardCopyOption.REPLACE_EXISTING));
  }

  private static boolean isNew(Stream<Path> known, Path path) throws IOException {
    for (Path one : known.sorted(Comparator.reverseOrder()).toList()) {
      if (same(one, path)) {
        return false;
      }
    }
    return true;
  }

  private static boolean same(Path one, Path other) throws IOException {
    if (!Files.isDirectory(one)) {
      return Files.mismatch(one, other) < 0;
    }
    List<Path> names = names(one);
    if (!names.equals(names(other))) {
      return false;
    }
    for (Path name : names) {
      if (Files.mismatch(one.resolve(name), other.resolve(name)) >= 0) {
        return false;
      }
    }
    return true;
  }

  private static List<Path> names(Path folder) throws IOException {
    try (Stream<Path> children = Files.list(folder)) {
      return children.map(Path::getFileName).sorted().toList();
    }
  }
}
