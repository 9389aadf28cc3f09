package kerava.saving.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import kerava.files.FileKind;
import kerava.files.Limits;
import kerava.files.ModelFormatException;
import kerava.saving.format.UnexpectedFormat;

/** The members of an archive that is not to be trusted; none is ever unpacked onto the disk. */
public final class ArchiveReader implements ArchiveEntries {
  private static final Pattern UNSAFE =
      Pattern.compile("/.*|[A-Za-z]:.*|(.*/)?\\.\\.(/.*)?|.*[\\\\\\x00-\\x1f].*");

  /** Bytes that a member may have however tightly it is packed. */
  private static final int FREE = 2 << 20;

  private static final String HINT =
      " Where you trust it, -Dkerava.limits.unpacking=1000 lets it unpack.";

  private final Limits limits = Limits.current();
  private final Path path;
  private final ZipFile zip;
  private final long bytes;
  private final Map<String, ZipEntry> entries = new LinkedHashMap<>();

  private ArchiveReader(Path path, ZipFile zip, long bytes) {
    this.path = path;
    this.zip = zip;
    this.bytes = bytes;
  }

  /**
   * Opens an archive.
   *
   * @throws ModelFormatException if it is none, or has members that are not safe
   * @throws IOException if it cannot be read
   */
  public static ArchiveReader open(Path path) throws IOException {
    UnexpectedFormat.requireThere(path);
    if (FileKind.of(path) != FileKind.ZIP) {
      throw UnexpectedFormat.refusal(path, "a zip archive, as .keras is");
    }
    ZipFile zip = openZip(path);
    try {
      ArchiveReader members = new ArchiveReader(path, zip, Files.size(path));
      members.index();
      return members;
    } catch (ModelFormatException e) {
      zip.close();
      throw e;
    }
  }

  private static ZipFile openZip(Path path) throws ModelFormatException {
    try {
      return new ZipFile(path.toFile());
    } catch (IOException | IllegalArgumentException e) {
      throw new ModelFormatException(
          path,
          "expected a zip archive, got one that cannot be opened: "
              + e.getMessage()
              + ". Is the copy or the download of it complete?",
          e);
    }
  }

  private void index() throws ModelFormatException {
    if (zip.size() > limits.members()) {
      throw new ModelFormatException(
          path, "expected at most " + limits.members() + " members, got " + zip.size() + ".");
    }
    for (ZipEntry entry : Collections.list(zip.entries())) {
      String name = entry.getName();
      if (UNSAFE.matcher(name).matches()) {
        throw new ModelFormatException(
            path, "expected members inside the archive, got \"" + name + "\".");
      }
      if (entries.put(name, entry) != null) {
        throw new ModelFormatException(
            path, "expected each member once, got \"" + name + "\" twice.");
      }
    }
  }

  @Override
  public Optional<byte[]> read(String name, long most) throws ModelFormatException {
    ZipEntry entry = entries.get(name);
    if (entry == null) {
      return Optional.empty();
    }
    long packed = Math.min(Math.max(entry.getCompressedSize(), 0), bytes);
    long room = Math.min(most, Math.max(FREE, packed * limits.unpacking()));
    if (entry.getSize() < 0 || entry.getSize() > room) {
      throw new ModelFormatException(
          path,
          "%s: expected at most %d bytes, got %d of %d packed ones.%s"
              .formatted(name, room, entry.getSize(), packed, room < most ? HINT : ""));
    }
    try (InputStream in = zip.getInputStream(entry)) {
      return Optional.of(read(in, entry));
    } catch (IOException e) {
      throw new ModelFormatException(
          path, name + ": expected a sound member, got " + e.getMessage() + ".", e);
    }
  }

  // ZipFile itself does not compare checksums.
  private static byte[] read(InputStream in, ZipEntry entry) throws IOException {
    byte[] content = in.readNBytes((int) entry.getSize());
    CRC32 sum = new CRC32();
    sum.update(content);
    if (content.length < entry.getSize() || in.read() >= 0 || sum.getValue() != entry.getCrc()) {
      throw new IOException("another size or checksum than the archive names");
    }
    return content;
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
