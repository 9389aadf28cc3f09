package kerava.files;

import java.io.IOException;
import java.io.Serial;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;

/** Something cannot be written; the message says in words what is in the way, and where. */
public final class WriteException extends IOException {
  @Serial private static final long serialVersionUID = 1;

  /** What systems say of a disk, or of a user's share of it, with no room. */
  private static final Pattern FULL =
      Pattern.compile("no space left|not enough space|quota exceeded", Pattern.CASE_INSENSITIVE);

  private final String found;
  private final String place;

  private WriteException(String expectation, String place, String found, IOException cause) {
    super(expectation + ", got " + found, cause);
    this.place = place;
    this.found = found;
  }

  /** What was to be written; empty where only the operating system knows. */
  public String place() {
    return place;
  }

  /**
   * A failure where only its cause knows the place.
   *
   * @param expectation who expected what: {@code TensorBoard: expected a folder to write in logs}
   * @param cause what the operating system or a writer said
   */
  public static WriteException of(String expectation, IOException cause) {
    String file = cause instanceof FileSystemException system ? system.getFile() : null;
    return of(expectation, Path.of(file == null ? "" : file), cause);
  }

  /**
   * A failure at a known place.
   *
   * @param expectation who expected what
   * @param place what was to be written; the cause may name a file that exists for a moment only
   * @param cause what the operating system or a writer said
   */
  public static WriteException of(String expectation, Path place, IOException cause) {
    return cause instanceof WriteException known
        ? new WriteException(expectation, known.place, known.found, cause)
        : new WriteException(expectation, place.toString(), found(place, cause), cause);
  }

  private static String found(Path place, IOException cause) {
    Path there = nearest(place.toAbsolutePath());
    boolean exists = there.equals(place.toAbsolutePath());
    if (!Files.isDirectory(there) && (!exists || cause instanceof FileAlreadyExistsException)) {
      return "a file at " + there + ". Move it away, or choose another place.";
    }
    if (cause instanceof NoSuchFileException && !exists) {
      Path missing = there.resolve(there.relativize(place.toAbsolutePath()).getName(0));
      return "nothing at " + missing + ". Make a folder there, or choose another place.";
    }
    if (cause instanceof AccessDeniedException) {
      return "no permission at " + place + ". Choose a place that you may write to.";
    }
    String reason = reason(cause);
    return FULL.matcher(reason).find() ? reason + room(there) : reason + ".";
  }

  /** How much there still is; what was half written is gone by then. */
  private static String room(Path there) {
    try {
      long bytes = Files.getFileStore(there).getUsableSpace();
      return String.format(
          Locale.ROOT,
          ": %,d bytes are free at %s. Make room, or choose another place.",
          bytes,
          there);
    } catch (IOException | SecurityException e) {
      return ".";
    }
  }

  /** The place or, where there is nothing, the folder or file above it that exists. */
  private static Path nearest(Path place) {
    Path there = place;
    for (Path up = place; up != null && !Files.exists(there); up = up.getParent()) {
      there = up;
    }
    return there;
  }

  private static String reason(IOException cause) {
    String own = cause instanceof FileSystemException file ? file.getReason() : cause.getMessage();
    if (own == null || own.isBlank()) {
      return "an error that the system has no words for";
    }
    String text = own.endsWith(".") ? own.substring(0, own.length() - 1) : own;
    // The operating system's begin a sentence: "No space left on device".
    return text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
  }
}
