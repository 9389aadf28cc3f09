package kerava.saving;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * TensorFlow's file of records: each with its length and two checksums.
 *
 * @see <a href="https://www.tensorflow.org/tutorials/load_data/tfrecord">TensorFlow: TFRecord</a>
 */
final class RecordFile {
  private static final int HEAD = Long.BYTES + Integer.BYTES;

  private RecordFile() {}

  static byte[] of(List<byte[]> records) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    for (byte[] record : records) {
      byte[] length = little(Long.BYTES).putLong(record.length).array();
      file.writeBytes(length);
      file.writeBytes(little(Integer.BYTES).putInt(checksum(length)).array());
      file.writeBytes(record);
      file.writeBytes(little(Integer.BYTES).putInt(checksum(record)).array());
    }
    return file.toByteArray();
  }

  /**
   * Reads all records.
   *
   * @throws ModelFormatException if a length or a checksum does not hold
   */
  static List<byte[]> read(Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    List<byte[]> records = new ArrayList<>();
    while (bytes.hasRemaining()) {
      if (bytes.remaining() < HEAD) {
        throw damaged(file, records.size());
      }
      byte[] head = new byte[Long.BYTES];
      bytes.get(head);
      long length = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getLong();
      if (bytes.getInt() != checksum(head)
          || length < 0
          || length > bytes.remaining() - Integer.BYTES) {
        throw damaged(file, records.size());
      }
      byte[] record = new byte[(int) length];
      bytes.get(record);
      if (bytes.getInt() != checksum(record)) {
        throw damaged(file, records.size());
      }
      records.add(record);
    }
    return records;
  }

  private static ModelFormatException damaged(Path file, int record) {
    return new ModelFormatException(
        file + " record " + record, "a length and checksums that hold", "others", "Is it damaged?");
  }

  private static ByteBuffer little(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** TensorFlow masks checksums, so that a checksum of checksums stays meaningful. */
  private static int checksum(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return Integer.rotateRight((int) crc.getValue(), 15) + 0xa282ead8;
  }
}
