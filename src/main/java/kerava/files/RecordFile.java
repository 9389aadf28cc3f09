package kerava.files;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Small files of records, as a whole. */
public final class RecordFile {
  private RecordFile() {}

  /** The bytes of a file that holds some records. */
  public static byte[] of(List<byte[]> records) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (RecordWriter writer = new RecordWriter(file)) {
      for (byte[] record : records) {
        writer.write(record);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("RecordFile: expected to write to memory, got " + e, e);
    }
    return file.toByteArray();
  }

  /**
   * Reads all records of a file.
   *
   * @throws RecordException if the file is cut off, or a length or a checksum does not hold
   * @throws IOException if it cannot be read
   */
  public static List<byte[]> read(Path file) throws IOException {
    List<byte[]> records = new ArrayList<>();
    try (RecordReader reader = RecordReader.open(file)) {
      for (Optional<byte[]> next = reader.next(); next.isPresent(); next = reader.next()) {
        records.add(next.get());
      }
    }
    return records;
  }
}
