package kerava.saving.export;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import kerava.files.AtomicFile;
import kerava.files.Draft;
import kerava.files.Fsync;
import kerava.files.WriteException;
import kerava.saving.format.GlobPath;
import kerava.saving.format.VersionNumbers;

/**
 * The next version of a model under construction: a hidden folder beside the finished versions,
 * which becomes one of them by a single rename.
 *
 * <p>A server looks for folders whose names are numbers, and takes what it finds at once; a version
 * that lacks its variables would load and then fail at every request.
 */
public final class VersionFolder implements AutoCloseable {
  private static final Set<PosixFilePermission> EXECUTE =
      Set.of(
          PosixFilePermission.OWNER_EXECUTE,
          PosixFilePermission.GROUP_EXECUTE,
          PosixFilePermission.OTHERS_EXECUTE);

  private final Path base;
  private final Draft draft;
  private final Steps steps;

  /** Is told of every step before it is done; tests let it fail. */
  public interface Steps {
    /** Is told what is done next. */
    void before(String step) throws IOException;
  }

  /** Writes some files. */
  @FunctionalInterface
  interface Writer {
    void write() throws IOException;
  }

  private VersionFolder(Path base, Draft draft, Steps steps) {
    this.base = base;
    this.draft = draft;
    this.steps = steps;
  }

  /**
   * Makes sure that a folder can take versions of a model.
   *
   * @throws FileAlreadyExistsException if it is no folder, or holds anything but versions
   */
  public static void checkBase(Path base) throws IOException {
    GlobPath.refuse(base);
    if (!Files.exists(base)) {
      return;
    }
    if (!Files.isDirectory(base)) {
      throw new FileAlreadyExistsException(
          base.toString(), null, "expected a folder of versions or nothing here, got a file");
    }
    try (Stream<Path> entries = Files.list(base)) {
      Optional<String> other =
          entries
              .map(entry -> String.valueOf(entry.getFileName()))
              .filter(name -> !name.matches("\\d+|\\..*|SERVING\\.md|models\\.config"))
              .findFirst();
      if (other.isPresent()) {
        throw new FileAlreadyExistsException(
            base.toString(),
            null,
            "expected a folder of numbered versions, got one with \"" + other.get() + "\" in it");
      }
    }
  }

  static VersionFolder create(Path base, Steps steps) throws IOException {
    steps.before("create");
    try {
      Draft draft = Draft.in(base);
      try {
        Files.createDirectory(draft.path());
        return new VersionFolder(base, draft, steps);
      } catch (IOException e) {
        removed(draft, e);
        throw e;
      }
    } catch (IOException e) {
      throw WriteException.of(base + ": expected a folder to write in", base, e);
    }
  }

  /** The folder as long as it is hidden. */
  Path stage() {
    return draft.path();
  }

  /** A folder in it, made if need be. */
  Path folder(String name) throws IOException {
    steps.before("create " + name);
    Path folder = stage().resolve(name);
    return told(name, () -> Files.createDirectories(folder));
  }

  void write(String name, byte[] bytes) throws IOException {
    write(name, () -> Files.write(stage().resolve(name), bytes));
  }

  /** Does what writes some files by other means. */
  void write(String name, Writer writer) throws IOException {
    steps.before("write " + name);
    told(
        name,
        () -> {
          writer.write();
          return stage();
        });
  }

  /** Something that may fail because of the disk. */
  private interface Work {
    Path done() throws IOException;
  }

  private Path told(String name, Work work) throws IOException {
    try {
      return work.done();
    } catch (IOException e) {
      // The room on the disk is told without what is half written.
      removed(draft, e);
      throw WriteException.of(base + ": expected to write " + name + " of a new version", base, e);
    }
  }

  /** Removes what is half written; where that fails too, the first problem is the one to tell. */
  private static void removed(Draft draft, IOException problem) {
    try {
      draft.close();
    } catch (IOException e) {
      problem.addSuppressed(e);
    }
  }

  /** Writes a file beside the versions, in place of an older one. */
  void beside(String name, String text) throws IOException {
    steps.before("write beside " + name);
    AtomicFile.write(
        base.resolve(name),
        whole -> {
          Files.writeString(whole, text);
          readable(whole);
        });
  }

  /**
   * Makes everything durable and gives the folder its number.
   *
   * @param wanted the number, else the next free one
   * @throws FileAlreadyExistsException if the number wanted is taken
   */
  Path publish(OptionalLong wanted) throws IOException {
    readable(stage());
    for (Path path : Fsync.tree(stage())) {
      steps.before("flush " + stage().relativize(path));
      told(
          stage().relativize(path).toString(),
          () -> {
            Fsync.of(path);
            return path;
          });
    }
    while (true) {
      long number = wanted.isPresent() ? wanted.getAsLong() : VersionNumbers.next(base);
      Path version = base.resolve(String.valueOf(number));
      if (moved(version)) {
        return version;
      }
      // Another export took the number meanwhile; with a free choice, the next one is as good.
      if (wanted.isPresent() || VersionNumbers.next(base) <= number) {
        throw new FileAlreadyExistsException(
            version.toString(), null, "expected a number that is free, got one that is taken");
      }
    }
  }

  /** Whether the number was free; systems differ in what they say where it was not. */
  private boolean moved(Path version) throws IOException {
    // A rename takes the place of an empty folder, too: some server may be looking at it.
    if (Files.exists(version, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    steps.before("publish " + version.getFileName());
    try {
      draft.moveTo(version);
      return true;
    } catch (IOException e) {
      if (!Files.exists(stage())) {
        // Nobody may take away what a server may have seen.
        throw WriteException.of(
            version + ": written; expected to have its name on the disk, too", base, e);
      }
      if (Files.exists(version, LinkOption.NOFOLLOW_LINKS)) {
        return false;
      }
      throw WriteException.of(base + ": expected to write " + version.getFileName(), base, e);
    }
  }

  // A server usually is somebody else, who may look into the base folder.
  private void readable(Path path) throws IOException {
    if (Files.getFileStore(path).supportsFileAttributeView("posix")) {
      Set<PosixFilePermission> permissions = EnumSet.copyOf(Files.getPosixFilePermissions(base));
      if (!Files.isDirectory(path)) {
        permissions.removeAll(EXECUTE);
      }
      Files.setPosixFilePermissions(path, permissions);
    }
  }

  /** Removes the folder, unless it was published. */
  @Override
  public void close() throws IOException {
    draft.close();
  }
}
