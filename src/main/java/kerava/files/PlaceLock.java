package kerava.files;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A file or folder that one run at a time may write: who comes second is told at once who is there.
 *
 * <p>It is held until it is closed or the process ends, however it ends. The thread that holds it
 * may take it again.
 */
public final class PlaceLock implements AutoCloseable {
  private static final int TRIES = 10;
  private static final Map<Path, Holder> HOLDERS = new HashMap<>();

  /** What is believed of what stands in a lock file. */
  private static final Pattern SAYING =
      Pattern.compile("process \\d+ on [\\w.-]{1,64} since [\\dTZ:.-]+");

  private final Path file;
  private boolean open = true;

  private PlaceLock(Path file) {
    this.file = file;
  }

  /** Who holds a place in this process. */
  private static final class Holder {
    final LockFile lock;
    final Thread thread = Thread.currentThread();
    final String words;
    final Optional<Path> made;
    int times = 1;

    Holder(LockFile lock, String words, Optional<Path> made) {
      this.lock = lock;
      this.words = words;
      this.made = made;
    }
  }

  /**
   * Takes a file, which need not be there.
   *
   * @param who names itself in the message: {@code CsvLogger}
   * @throws InUseException if somebody else has it
   * @throws WriteException if its folder cannot be written into
   */
  public static PlaceLock file(String who, Path file) throws IOException {
    return take(who, file, file.toAbsolutePath());
  }

  /**
   * Takes a folder, which is made if it is not there, and removed again if nothing is written.
   *
   * @param who names itself in the message, and its lock in the folder: {@code TensorBoard}
   * @throws InUseException if somebody else has it
   * @throws WriteException if it cannot be made or written into
   */
  public static PlaceLock folder(String who, Path folder) throws IOException {
    return take(who, folder, folder.toAbsolutePath().resolve(who));
  }

  private static PlaceLock take(String who, Path place, Path guarded) throws IOException {
    Path folder = guarded.resolveSibling("");
    synchronized (HOLDERS) {
      try {
        for (int left = TRIES; true; left--) {
          try {
            return attempt(who, place, guarded);
          } catch (NoSuchFileException e) {
            if (left <= 1) {
              throw e; // Else another process has just removed the folder.
            }
          }
        }
      } catch (InUseException e) {
        throw e;
      } catch (IOException e) {
        throw WriteException.of(who + ": expected a folder to write in " + folder, folder, e);
      }
    }
  }

  private static PlaceLock attempt(String who, Path place, Path guarded) throws IOException {
    Path folder = guarded.resolveSibling("");
    boolean existed = Files.exists(folder);
    Folders.make(folder);
    Path file = folder.toRealPath().resolve("." + guarded.getFileName() + StaleDrafts.LOCK);
    Holder holder = HOLDERS.get(file);
    if (holder != null && holder.thread == Thread.currentThread()) {
      holder.times++;
      return new PlaceLock(file);
    }
    Optional<LockFile> lock = holder == null ? LockFile.take(file) : Optional.empty();
    if (lock.isEmpty()) {
      throw refusal(who, place, holder == null ? saying(file) : holder.words);
    }
    String words = words();
    try {
      lock.get().say(words);
    } catch (IOException e) {
      lock.get().close();
      throw e;
    }
    HOLDERS.put(file, new Holder(lock.get(), words, made(existed, folder)));
    return new PlaceLock(file);
  }

  private static Optional<Path> made(boolean existed, Path folder) {
    return existed ? Optional.empty() : Optional.of(folder);
  }

  private static InUseException refusal(String who, Path place, String holder) {
    return new InUseException(
        "%s: expected to be alone at %s, got %s there. Wait until it is done, or choose another place."
            .formatted(who, place, holder),
        holder);
  }

  private static String words() {
    return "process %d on %s since %s"
        .formatted(
            ProcessHandle.current().pid(), host(), Instant.now().truncatedTo(ChronoUnit.SECONDS));
  }

  /** The name that this machine or container gives itself; a look-up of it may take seconds. */
  private static String host() {
    Path linux = Path.of("/proc/sys/kernel/hostname");
    try {
      String name =
          Files.isReadable(linux)
              ? Files.readString(linux).strip()
              : Optional.ofNullable(System.getenv("COMPUTERNAME"))
                  .orElse(InetAddress.getLocalHost().getHostName());
      return name.replaceAll("[^\\w.-]", "_");
    } catch (UnknownHostException e) {
      return "unknown-host";
    } catch (IOException e) {
      return "unknown-host";
    }
  }

  private static String saying(Path file) {
    try {
      byte[] bytes = Files.readAllBytes(file);
      String text = new String(bytes, StandardCharsets.UTF_8);
      return SAYING.matcher(text).matches() ? text : "another process";
    } catch (IOException e) {
      return "another process"; // It is about to say it, or to go.
    }
  }

  @Override
  public void close() throws IOException {
    synchronized (HOLDERS) {
      Holder holder = HOLDERS.get(file);
      if (!open || holder == null) {
        return;
      }
      open = false;
      holder.times--;
      if (holder.times == 0) {
        HOLDERS.remove(file);
        holder.lock.close();
        if (holder.made.isPresent()) {
          Folders.removeEmpty(holder.made.get());
        }
      }
    }
  }
}
