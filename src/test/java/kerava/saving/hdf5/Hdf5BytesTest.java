package kerava.saving.hdf5;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** The last byte that may be read, and the first that may not. */
final class Hdf5BytesTest {
  private final Hdf5Bytes bytes =
      new Hdf5Bytes("0123456789abcdef".getBytes(StandardCharsets.US_ASCII));

  private static Hdf5Bytes of(int... values) {
    byte[] content = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      content[i] = (byte) values[i];
    }
    return new Hdf5Bytes(content);
  }

  private static void damaged(String found, Executable action) {
    assertEquals(found, assertThrows(Hdf5Bytes.Damage.class, action).getMessage());
  }

  @Test
  void numbersUpToTheLastByte() {
    assertEquals('0', bytes.u8(0));
    assertEquals('f', bytes.u8(15));
    assertEquals('e' | 'f' << 8, bytes.u16(14));
    assertEquals('c' | 'd' << 8 | 'e' << 16 | 'f' << 24, bytes.u32(12));
    for (Executable beyond :
        List.<Executable>of(
            () -> bytes.u8(16),
            () -> bytes.u16(15),
            () -> bytes.u32(13),
            () -> bytes.number(9, 8),
            () -> bytes.u8(-1),
            () -> bytes.text(12, 5),
            () -> bytes.text(12, -1),
            () -> bytes.numbers(1, 16),
            () -> bytes.take(0, 17),
            () -> bytes.take(Long.MAX_VALUE, 8))) {
      damaged("an address outside of the file", beyond);
    }
  }

  @Test
  void numbersAreUnsigned() {
    Hdf5Bytes full = of(0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f, 0x80);
    assertEquals(0xff, full.u8(0));
    assertEquals(0xffff, full.u16(0));
    assertEquals(0xffffffffL, full.u32(0));
    assertEquals(0xffffffffL, full.number(0, 4));
    assertEquals(Long.MAX_VALUE, full.number(0, 8));
    damaged("a number above 2^63", () -> full.number(1, 8));
  }

  @Test
  void addressesOfEveryWidth() {
    for (int width : new int[] {2, 4, 8}) {
      Hdf5Bytes file = of(16, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff);
      file.widths(width, 2);
      assertEquals(16, file.address(0));
      assertEquals(Hdf5Bytes.NONE, file.address(8));
      file.base(4);
      damaged("an address outside of the file", () -> file.address(0));
    }
    Hdf5Bytes last = of(12, 0, 0xff, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    last.widths(2, 4);
    last.base(4);
    assertEquals(16, last.address(0));
    assertEquals(255, last.length(2));
    damaged("an address outside of the file", () -> last.address(1));
  }

  @Test
  void otherWidthsAreRefused() {
    for (int width : new int[] {0, 1, 3, 16}) {
      damaged("addresses of " + width + " bytes", () -> bytes.widths(width, 8));
      damaged("addresses of " + width + " bytes", () -> bytes.widths(8, width));
    }
  }

  @Test
  void noByteBelongsToTwoStructures() {
    bytes.take(0, 10);
    bytes.take(10, 6);
    damaged("parts that share their bytes", () -> bytes.take(0, 1));
  }

  @Test
  void noByteBelongsToTwoTexts() {
    assertEquals("0123456789", bytes.text(0, 10));
    assertEquals("abcdef", bytes.text(10, 6));
    damaged("parts that share their bytes", () -> bytes.text(0, 1));
  }

  @Test
  void numbersAreReadTwiceButNotMore() {
    byte[] read = new byte[16];
    bytes.numbers(0, 16).get(read);
    assertEquals("0123456789abcdef", new String(read, StandardCharsets.US_ASCII));
    assertEquals(16, bytes.numbers(0, 16).remaining());
    damaged("parts that share their bytes", () -> bytes.numbers(0, 2));
  }

  @Test
  void textsUpToTheirEnd() {
    Hdf5Bytes text = of('a', 'b', 0, 'c', ' ', ' ');
    assertEquals(2, text.untilZero(0, 6));
    assertEquals(2, text.untilZero(0, 2));
    assertEquals(3, text.untilZero(3, 3));
    assertEquals(0, text.untilZero(2, 1));
    assertEquals(4, text.without(' ', 0, 6));
    assertEquals(0, text.without(' ', 4, 2));
    assertEquals(3, text.without(' ', 0, 3));
  }

  @Test
  void lettersThatStandThere() {
    assertTrue(bytes.reads(10, "abcdef"));
    assertFalse(bytes.reads(10, "abcdeg"));
    damaged("no HEAP", () -> bytes.require(0, "HEAP"));
    damaged("an address outside of the file", () -> bytes.reads(15, "fg"));
    byte[] one = new byte[1];
    Arrays.fill(one, (byte) 'x');
    assertTrue(new Hdf5Bytes(one).reads(0, "x"));
  }
}
