package kerava.files;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** The checksums of records: CRC32C, masked so that a checksum of checksums stays meaningful. */
final class Checksum {
  private Checksum() {}

  static int of(byte[] bytes) {
    return of(ByteBuffer.wrap(bytes));
  }

  static int of(ByteBuffer bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return Integer.rotateRight((int) crc.getValue(), 15) + 0xa282ead8;
  }
}
