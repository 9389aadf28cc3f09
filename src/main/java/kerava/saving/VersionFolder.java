package kerava.saving;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import kerava.files.WriteException;
import org.apache.commons.io.file.PathUtils;

/**
 * The next version of a model under construction: a hidden folder beside the finished versions,
 * which becomes one of them by a single rename.
 *
 * <p>A server looks for folders whose names are numbers, and takes what it finds at once; a version
 * that lacks its variables would load and then fail at every request.
 */
final class VersionFolder implements AutoCloseable {
  private static final Set<PosixFilePermission> EXECUTE =
      Set.of(
          PosixFilePermission.OWNER_EXECUTE,
          PosixFilePermission.GROUP_EXECUTE,
          PosixFilePermission.OTHERS_EXECUTE);

  private final Path base;
  private final Path stage;
  private final Steps steps;

  /** Is told of every step before it is done; tests let it fail. */
  interface Steps {
    void before(String step) throws IOException;
  }

  private VersionFolder(Path base, Path stage, Steps steps) {
    this.base = base;
    this.stage = stage;
    this.steps = steps;
  }

  static VersionFolder create(Path base, Steps steps) throws IOException {
    steps.before("create");
    try {
      Files.createDirectories(base);
      return new VersionFolder(base, Files.createTempDirectory(base, ".export-"), steps);
    } catch (IOException e) {
      throw WriteException.of(base + ": expected a folder to write in", base, e);
    }
  }

  /** The folder as long as it is hidden. */
  Path stage() {
    return stage;
  }

  /** A folder in it, made if need be. */
  Path folder(String name) throws IOException {
    steps.before("create " + name);
    return Files.createDirectories(stage.resolve(name));
  }

  void write(String name, byte[] bytes) throws IOException {
    steps.before("write " + name);
    Files.write(stage.resolve(name), bytes);
  }

  /** Does what writes some files by other means. */
  void write(String name, Runnable writer) throws IOException {
    steps.before("write " + name);
    writer.run();
  }

  /** Writes a file beside the versions, in place of an older one. */
  void beside(String name, String text) throws IOException {
    steps.before("write beside " + name);
    Path whole = Files.createTempFile(base, ".export-", ".tmp");
    try {
      Files.writeString(whole, text);
      sync(whole);
      readable(whole);
      Files.move(whole, base.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(whole);
    }
  }

  /**
   * Makes everything durable and gives the folder its number.
   *
   * @param wanted the number, else the next free one
   * @throws java.nio.file.FileAlreadyExistsException if the number wanted is taken
   */
  Path publish(OptionalLong wanted) throws IOException {
    flush();
    readable(stage);
    while (true) {
      long number = wanted.isPresent() ? wanted.getAsLong() : next(base);
      Path version = base.resolve(String.valueOf(number));
      steps.before("publish " + number);
      try {
        // A rename takes the place of an empty folder, too: some server may be looking at it.
        if (Files.exists(version)) {
          throw new FileAlreadyExistsException(
              version.toString(), null, "expected a number that is free, got one that is taken");
        }
        Files.move(stage, version, StandardCopyOption.ATOMIC_MOVE);
        sync(base);
        return version;
      } catch (FileAlreadyExistsException | DirectoryNotEmptyException e) {
        // Another export took the number meanwhile; with a free choice, the next one is as good.
        if (wanted.isPresent()) {
          throw e;
        }
      }
    }
  }

  private void flush() throws IOException {
    List<Path> paths;
    try (Stream<Path> tree = Files.walk(stage)) {
      paths = tree.toList();
    }
    for (Path path : paths) {
      steps.before("flush " + stage.relativize(path));
      sync(path);
    }
  }

  private static void sync(Path path) throws IOException {
    boolean folder = Files.isDirectory(path);
    if (folder && System.getProperty("os.name", "").startsWith("Windows")) {
      return; // Windows opens no folder as a file, and needs no flush of one.
    }
    StandardOpenOption how = folder ? StandardOpenOption.READ : StandardOpenOption.WRITE;
    try (FileChannel channel = FileChannel.open(path, how)) {
      channel.force(true);
    }
  }

  // Temporary files and folders let nobody else in; a server usually is somebody else.
  private void readable(Path path) throws IOException {
    if (Files.getFileStore(path).supportsFileAttributeView("posix")) {
      Set<PosixFilePermission> permissions = EnumSet.copyOf(Files.getPosixFilePermissions(base));
      if (!Files.isDirectory(path)) {
        permissions.removeAll(EXECUTE);
      }
      Files.setPosixFilePermissions(path, permissions);
    }
  }

  /** The versions in a base folder, in no order. */
  static List<Long> versions(Path base) throws IOException {
    try (Stream<Path> children = Files.list(base)) {
      return children
          .filter(Files::isDirectory)
          .map(child -> child.getFileName().toString())
          .filter(name -> name.matches("\\d{1,18}"))
          .map(Long::valueOf)
          .toList();
    }
  }

  private static long next(Path base) throws IOException {
    return versions(base).stream().mapToLong(Long::longValue).max().orElse(0) + 1;
  }

  /** Removes the folder, unless it was published. */
  @Override
  public void close() throws IOException {
    if (Files.exists(stage)) {
      PathUtils.deleteDirectory(stage);
    }
  }
}
