package kerava.files;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * The checksums of TensorFlow's records and tables: CRC32C, masked so that a checksum of checksums
 * stays meaningful.
 */
public final class Checksum {
  private Checksum() {}

  /** The checksum of all bytes. */
  public static int of(byte[] bytes) {
    return of(ByteBuffer.wrap(bytes));
  }

  /** The checksum of what is left in a buffer, which is read. */
  public static int of(ByteBuffer bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return Integer.rotateRight((int) crc.getValue(), 15) + 0xa282ead8;
  }
}
