package kerava.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class ChecksumTest {
  /** The value for "123456789" is CRC32C's published check, 0xe3069283. */
  @Test
  void masksChecksumsAsTensorFlowDoes() {
    int expected = Integer.rotateRight(0xe3069283, 15) + 0xa282ead8;
    assertEquals(expected, Checksum.of("123456789".getBytes(UTF_8)));
    assertEquals(0xa282ead8, Checksum.of(new byte[0]));
  }
}
