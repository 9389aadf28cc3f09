package kerava.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Files that are none of NumPy's, or break their word. */
final class NpyRefusalTest extends NpyFixture {
  @Test
  void refusesHeadersThatPromiseMoreThanThereIs() {
    assertEquals(
        "x.npy: expected 1000000000 numbers of 4 bytes for the shape [1000, 1000000], got 8 bytes."
            + " Is it complete?",
        refused("<f4", "(1000, 1000000)", "0000c03f000000c0"));
  }

  @Test
  void refusesHeadersThatPromiseLessThanThereIs() {
    assertTrue(refused("<f4", "(1,)", "0000c03f000000c0").contains("expected 1 numbers of 4"));
  }

  @Test
  void refusesShapesBeyondAllMemory() {
    assertEquals(
        "x.npy: expected at most 2147483647 numbers, got the shape [4294967296, 4294967296].",
        refused("<f4", "(4294967296, 4294967296)", "00000000"));
    assertTrue(refused("<f4", "(4611686018427387904,)", "").contains("expected up to 64 whole"));
    assertTrue(refused("<f4", "(9" + ",9".repeat(70) + ")", "").contains("expected up to 64"));
  }

  @Test
  void refusesShapesThatAreNone() {
    assertEquals(
        "x.npy: expected up to 64 whole numbers as its shape, got (-1, 2).",
        refused("<f4", "(-1, 2)", ""));
    assertTrue(refused("<f4", "(1 2)", "").contains("got (1 2)"));
    assertTrue(refused("<f4", "[1]", "").contains("expected a tuple of numbers, 'shape'"));
  }

  @Test
  void refusesOtherNumbers() {
    assertEquals(
        "x.npy: expected truths, whole numbers of 8 to 64 bits, floats of 16 to 64 bits or texts,"
            + " got the type <c8. Convert them with numpy's astype first.",
        refused("<c8", "(1,)", "0000803f00000000"));
    for (String type :
        List.of("|O", "<U0", "<U12345678", "<M8[ns]", "<f16", "=f4", "|f4", "f4", "")) {
      assertTrue(refused(type, "(1,)", "80024e2e").contains("got the type " + type + "."), type);
    }
    assertEquals(
        "x.npy: expected whole numbers below 2^63, got 9223372036854775808.",
        refused("<u8", "(1,)", "0000000000000080"));
  }

  @Test
  void refusesRecords() throws IOException {
    byte[] bytes = npy("<f4", "(1,)", "00000000");
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    String record = text.replace("'<f4'", "[('a', '<f4')]").replace(" ".repeat(9) + "\n", "\n");
    Files.write(file(), record.getBytes(StandardCharsets.ISO_8859_1));
    assertTrue(refused().contains("expected one number type, 'descr'"), refused());
  }

  @Test
  void refusesOtherFiles() throws IOException {
    Files.writeString(file(), "PK\u0003\u0004 this is a zip archive");
    assertEquals(
        "x.npy: expected NumPy's format, version 1 to 3, got something else. Is it an .npy file?",
        refused());
    Files.write(file(), HexFormat.of().parseHex("934e554d5059040074000000"));
    assertTrue(refused().contains("version 1 to 3"));
  }

  @Test
  void refusesHeadersOfAnotherLength() throws IOException {
    Files.write(file(), HexFormat.of().parseHex("934e554d50590200ffffffff"));
    assertEquals("x.npy: expected a header of at most 10000 bytes, got 4294967295.", refused());
  }

  @Test
  void refusesFilesThatEndEarly() throws IOException {
    byte[] bytes = npy("|u1", "(3,)", "0080ff");
    for (int length : new int[] {0, 5, 9, 50, 127}) {
      Files.write(file(), java.util.Arrays.copyOf(bytes, length));
      assertEquals("x.npy: expected more bytes, got its end. Is it complete?", refused());
    }
  }

  @Test
  void doesNotMakeUpAMissingFile() {
    assertThrows(IOException.class, () -> Npy.read(file()));
    assertFalse(Files.exists(file()));
  }
}
