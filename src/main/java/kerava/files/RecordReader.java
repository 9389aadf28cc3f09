package kerava.files;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Reads TensorFlow's file of records, one after the other, and holds no more than one in memory.
 *
 * @see <a href="https://www.tensorflow.org/tutorials/load_data/tfrecord">TensorFlow: TFRecord</a>
 */
public final class RecordReader implements Closeable {
  private static final int BUFFER = 1 << 18;

  private final Path file;
  private final long size;
  private final InputStream in;
  private long offset;

  private RecordReader(Path file, long size, InputStream in) {
    this.file = file;
    this.size = size;
    this.in = in;
  }

  /**
   * Opens a file.
   *
   * @throws IOException if it cannot be read
   */
  public static RecordReader open(Path file) throws IOException {
    long size = Files.size(file);
    return new RecordReader(
        file, size, new BufferedInputStream(Files.newInputStream(file), BUFFER));
  }

  /**
   * The record that some bytes of a file are.
   *
   * @param file named in messages
   * @param offset where the record begins in the file, in bytes
   * @param bytes the record with its length and checksums, see {@link #framed}
   * @throws RecordException if there is none, or it is damaged
   */
  public static byte[] read(Path file, long offset, byte[] bytes) throws IOException {
    RecordReader reader =
        new RecordReader(file, offset + bytes.length, new ByteArrayInputStream(bytes));
    reader.offset = offset;
    return reader.next().orElseThrow(reader::cutOff);
  }

  /** How many bytes of a file a record takes, its length and checksums included. */
  public static int framed(int length) {
    return Math.addExact(length, RecordWriter.HEAD + Integer.BYTES);
  }

  /** Where the next record begins, in bytes. */
  public long offset() {
    return offset;
  }

  /**
   * Reads the next record; empty at the end of the file.
   *
   * @throws RecordException if the file is cut off, or a length or a checksum does not hold
   */
  public Optional<byte[]> next() throws IOException {
    if (offset >= size) {
      return Optional.empty();
    }
    int length = length();
    byte[] record = in.readNBytes(length);
    byte[] tail = in.readNBytes(Integer.BYTES);
    if (record.length < length || tail.length < Integer.BYTES) {
      throw cutOff();
    }
    if (little(tail).getInt() != Checksum.of(record)) {
      throw new RecordException(file, offset, "one of other bytes than were written");
    }
    offset += RecordWriter.HEAD + (long) length + Integer.BYTES;
    return Optional.of(record);
  }

  /** Reads the head of a record; the length is believed only if the file can hold it. */
  private int length() throws IOException {
    byte[] head = in.readNBytes(RecordWriter.HEAD);
    if (head.length < RecordWriter.HEAD) {
      throw cutOff();
    }
    ByteBuffer numbers = little(head);
    long length = numbers.getLong();
    if (numbers.getInt() != Checksum.of(ByteBuffer.wrap(head, 0, Long.BYTES))) {
      throw new RecordException(file, offset, "a length whose checksum does not hold");
    }
    long left = size - offset - RecordWriter.HEAD - Integer.BYTES;
    if (length < 0 || length > left) {
      throw cutOff();
    }
    if (length > Integer.MAX_VALUE - RecordWriter.HEAD) {
      throw new RecordException(file, offset, "one of " + length + " bytes");
    }
    return (int) length;
  }

  private RecordException cutOff() {
    return new RecordException(file, offset, "the end of the file within one");
  }

  private static ByteBuffer little(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
