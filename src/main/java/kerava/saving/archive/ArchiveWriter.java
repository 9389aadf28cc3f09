package kerava.saving.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** An archive being written as Keras writes it: nothing is compressed, no member has a date. */
public final class ArchiveWriter implements AutoCloseable {
  private static final LocalDateTime NO_DATE = LocalDateTime.of(1980, 1, 1, 0, 0);

  private final ZipOutputStream zip;

  private ArchiveWriter(ZipOutputStream zip) {
    this.zip = zip;
  }

  /** Begins an archive, in the place of a file that is there. */
  public static ArchiveWriter create(Path file) throws IOException {
    return new ArchiveWriter(new ZipOutputStream(Files.newOutputStream(file)));
  }

  /** Adds a member. */
  public void add(String name, byte[] content) throws IOException {
    CRC32 sum = new CRC32();
    sum.update(content);
    ZipEntry entry = new ZipEntry(name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    entry.setCrc(sum.getValue());
    entry.setTimeLocal(NO_DATE);
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
