package kerava.saving.savedmodel.check;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import kerava.interop.KerasFixtures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables of values that TensorFlow wrote, and what is made of them. */
final class BundleIndexTest {
  private static final int SIZE_FIELD = 5 << 3;

  private static Path variables(String name) {
    return KerasFixtures.file(name).resolve("variables");
  }

  private static byte[] index(String name) throws IOException {
    return Files.readAllBytes(variables(name).resolve("variables.index"));
  }

  private static long size(String name) throws IOException {
    return Files.size(variables(name).resolve("variables.data-00000-of-00001"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"tf_module", "tf1", "tf_types", "keras3_seed_export", "keras2_seed_savedmodel"})
  void whatPythonWroteIsSound(String name) throws IOException {
    byte[] index = index(name);
    long size = size(name);
    assertDoesNotThrow(() -> BundleIndex.require(index, file -> file == 0 ? size : -1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"tf_module", "tf1", "tf_types", "keras3_seed_export", "keras2_seed_savedmodel"})
  void valuesBeyondTheirFileAreRefused(String name) throws IOException {
    byte[] index = index(name);
    long size = size(name);
    GraphException refusal =
        assertThrows(GraphException.class, () -> BundleIndex.require(index, file -> size - 1));
    assertTrue(refusal.getMessage().contains("lie in their file"), refusal.getMessage());
  }

  @Test
  void everyChangedByteIsNoticedOrMeansNothing() throws IOException {
    byte[] index = index("tf_module");
    long size = size("tf_module");
    int refused = 0;
    for (int at = 0; at < index.length; at++) {
      byte[] changed = index.clone();
      changed[at] ^= 0x55;
      try {
        BundleIndex.require(changed, file -> size);
      } catch (GraphException e) {
        assertTrue(e.getMessage().startsWith("table of values: expected"), e.getMessage());
        refused++;
      }
    }
    // The footer's padding and the block of no entries, which nobody reads, are what is left.
    assertTrue(refused > index.length - 64, refused + " of " + index.length);
  }

  /** With checksums that hold again, as somebody would make them who means harm. */
  @Test
  void aTensorOfAnotherSizeThanItsShapeIsRefused() throws IOException {
    byte[] index = index("tf_module");
    int length = firstBlock(index);
    int changes = 0;
    for (int at = 0; at < length - 1; at++) {
      if (index[at] == SIZE_FIELD && index[at + 1] == 3 * Float.BYTES) {
        byte[] changed = index.clone();
        changed[at + 1] = 100;
        seal(changed, length);
        GraphException refusal =
            assertThrows(
                GraphException.class, () -> BundleIndex.require(changed, file -> 1_000_000));
        assertFalse(refusal.getMessage().contains("checksum"), refusal.getMessage());
        changes++;
      }
    }
    assertTrue(changes > 0);
  }

  private static int firstBlock(byte[] index) {
    ByteBuffer file = ByteBuffer.wrap(index).order(ByteOrder.LITTLE_ENDIAN);
    for (int length = 1; length < index.length - 5; length++) {
      if (file.getInt(length + 1) == sum(index, length)) {
        return length;
      }
    }
    throw new IllegalStateException("no block");
  }

  private static int sum(byte[] index, int length) {
    CRC32C crc = new CRC32C();
    crc.update(index, 0, length + 1);
    return Integer.rotateRight((int) crc.getValue(), 15) + 0xa282ead8;
  }

  private static void seal(byte[] index, int length) {
    ByteBuffer.wrap(index).order(ByteOrder.LITTLE_ENDIAN).putInt(length + 1, sum(index, length));
  }
}
