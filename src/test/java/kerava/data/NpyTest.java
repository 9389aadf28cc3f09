package kerava.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import kerava.graph.Array;
import org.junit.jupiter.api.Test;

/** The bytes in hexadecimal are what NumPy 2 wrote. */
final class NpyTest extends NpyFixture {
  @Test
  void readsWhatNumPyWrote() throws IOException {
    assertEquals(
        Array.of(new float[] {1.5f, -2, 3, 0.1f}, 2, 2),
        read("<f4", "(2, 2)", "0000c03f000000c000004040cdcccc3d"));
    assertEquals(
        Array.of(new byte[] {0, (byte) 128, (byte) 255}, 3), read("|u1", "(3,)", "0080ff"));
    assertEquals(
        Array.of(new int[] {-1, Integer.MAX_VALUE}, 2), read("<i4", "(2,)", "ffffffffffffff7f"));
    assertEquals(Array.of(new long[] {-1L << 62}), read("<i8", "()", "00000000000000c0"));
    assertEquals(Array.of(new float[0], 0, 3), read("<f4", "(0, 3)", ""));
  }

  @Test
  void readsNumbersOfOtherLengthsAndOrders() throws IOException {
    assertEquals(Array.of(new float[] {1, -2}, 2), read(">f4", "(2,)", "3f800000c0000000"));
    assertEquals(Array.of(new int[] {1, -2}, 2), read(">i4", "(2,)", "00000001fffffffe"));
    assertEquals(Array.of(new byte[] {0, 1, 1}, 3), read("|b1", "(3,)", "000102"));
    assertEquals(Array.of(new int[] {127, -128}, 2), read("|i1", "(2,)", "7f80"));
    assertEquals(Array.of(new int[] {65535, 1}, 2), read("<u2", "(2,)", "ffff0100"));
    assertEquals(Array.of(new int[] {-1, 256}, 2), read("<i2", "(2,)", "ffff0001"));
    assertEquals(Array.of(new long[] {4294967295L}, 1), read("<u4", "(1,)", "ffffffff"));
    assertEquals(
        Array.of(new float[] {1, -2, 65504, 5.9604645e-8f, Float.POSITIVE_INFINITY, -0f}, 6),
        read("<f2", "(6,)", "003c00c0ff7b0100007c0080"));
    assertTrue(Float.isNaN(read(">f2", "()", "7e00").floats()[0]));
  }

  @Test
  void roundsDoubles() throws IOException {
    assertEquals(
        Array.of(new float[] {0.1f, Float.NEGATIVE_INFINITY}, 2),
        read("<f8", "(2,)", "9a9999999999b93f9c7500883ce437fe"));
  }

  @Test
  void readsLaterVersionsOfTheFormat() throws IOException {
    String text = "{'descr': '<i4', 'fortran_order': False, 'shape': (2,), }";
    for (int version = 2; version <= 3; version++) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      bytes.write(HexFormat.of().parseHex("934e554d50590" + version + "0074000000"));
      bytes.write((text + " ".repeat(115 - text.length()) + "\n").getBytes(StandardCharsets.UTF_8));
      bytes.write(HexFormat.of().parseHex("0100000002000000"));
      Files.write(file(), bytes.toByteArray());
      assertEquals(Array.of(new int[] {1, 2}, 2), Npy.read(file()));
    }
  }

  @Test
  void readsWhatPython2Wrote() throws IOException {
    assertEquals(Array.of(new byte[] {7, 8}, 2, 1), read("|u1", "(2L, 1L)", "0708"));
  }

  @Test
  void writesWhatNumPyWrites() throws IOException {
    Npy.write(file(), Array.of(new float[] {1.5f, -2, 3, 0.1f}, 2, 2));
    assertArrayEquals(
        npy("<f4", "(2, 2)", "0000c03f000000c000004040cdcccc3d"), Files.readAllBytes(file()));
    Npy.write(file(), Array.of(new byte[] {0, (byte) 128, (byte) 255}, 3));
    assertArrayEquals(npy("|u1", "(3,)", "0080ff"), Files.readAllBytes(file()));
    Npy.write(file(), Array.of(new long[] {-1L << 62}));
    assertArrayEquals(npy("<i8", "()", "00000000000000c0"), Files.readAllBytes(file()));
    Npy.write(file(), Array.of(new int[] {-1, Integer.MAX_VALUE}, 2));
    assertArrayEquals(npy("<i4", "(2,)", "ffffffffffffff7f"), Files.readAllBytes(file()));
  }

  @Test
  void readsBackArraysLongerThanOnePiece() throws IOException {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    int size = 40_000 + random.nextInt(20_000);
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    float[] floats = new float[size];
    for (int i = 0; i < size; i++) {
      floats[i] = random.nextFloat();
    }
    for (Array array :
        List.of(
            Array.of(bytes, 1, size),
            Array.of(random.ints(size).toArray(), size, 1),
            Array.of(random.longs(size).toArray(), size),
            Array.of(floats, 1, size, 1))) {
      Npy.write(file(), array);
      assertEquals(array, Npy.read(file()), "seed " + seed);
    }
  }

  @Test
  void replacesAFileAndLeavesNothingElse() throws IOException {
    Npy.write(file(), Array.of(new byte[] {1}, 1));
    Npy.write(file(), Array.of(new byte[] {2}, 1));
    assertEquals(Array.of(new byte[] {2}, 1), Npy.read(file()));
    try (var files = Files.list(folder)) {
      assertEquals(List.of(file()), files.toList());
    }
  }

  @Test
  void leavesNothingIfItCannotWrite() throws IOException {
    Path taken = Files.createDirectories(folder.resolve("taken/with-something")).getParent();
    Array array = Array.of(new byte[] {1}, 1);
    assertThrows(IOException.class, () -> Npy.write(taken, array));
    try (var files = Files.list(folder)) {
      assertEquals(List.of(taken), files.toList());
    }
  }

  @Test
  void readsFortranOrder() throws IOException {
    byte[] bytes = npy("<i4", "(2, 2)", "00000000020000000100000003000000");
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    String fortran = text.replace("False", "True ");
    Files.write(file(), fortran.getBytes(StandardCharsets.ISO_8859_1));
    assertEquals(Array.of(new int[] {0, 1, 2, 3}, 2, 2), Npy.read(file()));
  }
}
