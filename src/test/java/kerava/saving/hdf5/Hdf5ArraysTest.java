package kerava.saving.hdf5;

import static kerava.saving.hdf5.Hdf5Builder.FREE;
import static kerava.saving.hdf5.Hdf5Builder.bytes;
import static kerava.saving.hdf5.Hdf5Builder.compact;
import static kerava.saving.hdf5.Hdf5Builder.floats;
import static kerava.saving.hdf5.Hdf5Builder.message;
import static kerava.saving.hdf5.Hdf5Builder.piece;
import static kerava.saving.hdf5.Hdf5Builder.singles;
import static kerava.saving.hdf5.Hdf5Builder.space;
import static kerava.saving.hdf5.Hdf5Builder.whole;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteOrder;
import kerava.files.ModelFormatException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The forms that other programs give arrays, and what is not taken for numbers. */
final class Hdf5ArraysTest {
  private final Hdf5Builder file = new Hdf5Builder();

  @Test
  void floatsOfEverySize() throws ModelFormatException {
    file.array(
        space(2),
        floats(2, false),
        compact(
            4,
            bytes(
                ByteOrder.LITTLE_ENDIAN,
                b -> b.putShort((short) 0x3c00).putShort((short) 0xc500))));
    assertArrayEquals(new float[] {1, -5}, file.floats());
    file.array(
        space(1), floats(4, true), compact(4, bytes(ByteOrder.BIG_ENDIAN, b -> b.putFloat(0.1f))));
    assertArrayEquals(new float[] {0.1f}, file.floats());
    file.array(
        space(1), floats(8, true), compact(8, bytes(ByteOrder.BIG_ENDIAN, b -> b.putDouble(0.1))));
    assertArrayEquals(new float[] {0.1f}, file.floats());
    try (Hdf5File hdf = file.open()) {
      assertEquals("float64", hdf.type("x"));
    }
  }

  @Test
  void floatsOfOtherFormatsAreRefused() {
    for (int at : new int[] {5, 12, 14, 16, 17, 18, 19}) {
      byte[] other = floats(4, false);
      other[at] ^= 0x40;
      file.array(space(1), other, compact(4, singles(1)));
      file.refused("x: expected numbers, got other data.");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 8})
  void wholeNumbersOfEverySize(int size) throws ModelFormatException {
    byte[] ones = new byte[size];
    java.util.Arrays.fill(ones, (byte) 0xff);
    for (boolean signed : new boolean[] {true, false}) {
      file.array(space(), whole(size, signed), compact(size, ones));
      try (Hdf5File hdf = file.open()) {
        assertEquals((signed ? "int" : "uint") + 8 * size, hdf.type("x"));
      }
      if (signed ? size < 4 : size > 4) {
        file.refused("x: expected numbers, got other data.");
        continue;
      }
      try (Hdf5File hdf = file.open()) {
        assertEquals(signed ? -1 : -1L >>> (64 - 8 * size), hdf.integer("x"));
      }
      assertArrayEquals(new float[] {signed ? -1 : -1L >>> (64 - 8 * size)}, file.floats());
    }
    byte[] odd = whole(size, true);
    odd[14]--;
    file.array(space(), odd, compact(size, ones));
    file.refused("x: expected numbers, got other data.");
  }

  @Test
  void arraysUpToTheEndOfTheirHeader() throws ModelFormatException {
    file.array(space(1), floats(4, false), compact(4, singles(1)));
    assertArrayEquals(new float[] {1}, file.floats());
    file.array(space(1), floats(4, false), compact(5, singles(1)));
    file.damaged("an array that is longer than its header");
    file.array(space(1), floats(4, false), compact(3, singles(1)));
    file.damaged("an array without its numbers");
  }

  @Test
  void arraysElsewhere() throws ModelFormatException {
    file.put(FREE, bytes -> bytes.put(singles(1, 2, 3)));
    for (int version : new int[] {3, 4}) {
      file.array(space(3), floats(4, false), piece(version, FREE, 12));
      assertArrayEquals(new float[] {1, 2, 3}, file.floats());
    }
    file.array(space(3), floats(4, false), piece(3, FREE, 11));
    file.damaged("an array without its numbers");
    file.array(space(3), floats(4, false), piece(3, -1, 12));
    file.damaged("an array without its numbers");
    file.array(space(0), floats(4, false), piece(3, -1, 0));
    assertArrayEquals(new float[0], file.floats());
    file.array(space(3), floats(4, false), piece(5, FREE, 12));
    file.damaged("an array of version 5");
    file.array(space(1025), floats(4, false), piece(3, FREE, 12));
    file.refused("x: expected at most the file's 4096 bytes, got more.");
    file.array(space(1024), floats(4, false), piece(3, 0, 4096));
    assertEquals(1024, file.floats().length);
  }

  @Test
  void arraysOfTheOldForm() throws ModelFormatException {
    for (int form = 1; form <= 3; form++) {
      byte kind = (byte) form;
      byte[] layout =
          message(
              Hdf5Header.LAYOUT,
              bytes ->
                  bytes
                      .put((byte) 1)
                      .put((byte) 1)
                      .put(kind)
                      .putInt(0)
                      .put((byte) 0)
                      .putLong(FREE));
      file.array(space(1), floats(4, false), layout);
      if (form == 1) {
        file.put(FREE, bytes -> bytes.put(singles(9)));
        assertArrayEquals(new float[] {9}, file.floats());
      } else {
        file.refused(
            "x: expected numbers in one piece, got chunks. Can it be saved without compression?");
      }
    }
  }

  @Test
  void shapesUpToTheirMost() throws ModelFormatException {
    long[] axes = new long[32];
    java.util.Arrays.fill(axes, 1);
    file.array(space(axes), floats(4, false), compact(4, singles(1)));
    try (Hdf5File hdf = file.open()) {
      assertEquals(32, hdf.shape("x").numDimensions());
    }
    file.array(space(new long[33]), floats(4, false), compact(4, singles(1)));
    file.damaged("a shape of 33 axes");
    byte[] nothing = space(3);
    nothing[7] = 2;
    file.array(nothing, floats(4, false), compact(0));
    assertArrayEquals(new float[0], file.floats());
  }
}
