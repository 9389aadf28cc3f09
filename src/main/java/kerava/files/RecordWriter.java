package kerava.files;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Writes TensorFlow's file of records: each with its length and two checksums.
 *
 * @see <a href="https://www.tensorflow.org/tutorials/load_data/tfrecord">TensorFlow: TFRecord</a>
 */
public final class RecordWriter implements Closeable {
  static final int HEAD = Long.BYTES + Integer.BYTES;

  private final OutputStream out;

  /** Writes to a stream, which is closed with this. */
  public RecordWriter(OutputStream out) {
    this.out = out;
  }

  /** Appends a record. */
  public void write(byte[] record) throws IOException {
    ByteBuffer head = ByteBuffer.allocate(HEAD).order(ByteOrder.LITTLE_ENDIAN);
    head.putLong(record.length);
    head.putInt(Checksum.of(head.duplicate().flip()));
    out.write(head.array());
    out.write(record);
    byte[] tail = new byte[Integer.BYTES];
    ByteBuffer.wrap(tail).order(ByteOrder.LITTLE_ENDIAN).putInt(Checksum.of(record));
    out.write(tail);
  }

  /** Hands what was written to the operating system. */
  public void flush() throws IOException {
    out.flush();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
