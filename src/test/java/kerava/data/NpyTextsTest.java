package kerava.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import kerava.graph.Array;
import org.junit.jupiter.api.Test;

/** Texts in NumPy's files. */
final class NpyTextsTest extends NpyFixture {
  @Test
  void writesWhatItReads() throws IOException {
    for (Array texts :
        new Array[] {
          Array.of(new String[] {"a", "", "über 😀", "\n"}, 2, 2),
          Array.of(new String[] {""}),
          Array.of(new String[0], 0, 3)
        }) {
      Npy.write(file(), texts);
      assertEquals(texts, Npy.read(file()));
    }
  }

  @Test
  void zerosAtTheEndAreNone() throws IOException {
    assertEquals(
        Array.of(new String[] {"a", ""}, 2),
        read("<U2", "(2,)", "6100000000000000" + "0000000000000000"));
    assertEquals(
        Array.of(new String[] {"\u00fc", "\u0000x"}, 2), read("|S3", "(2,)", "c3bc00" + "007800"));
    assertEquals(Array.of(new String[] {"a"}, 1), read(">U1", "(1,)", "00000061"));
  }

  @Test
  void refusesOtherCharacters() {
    for (String code : new String[] {"00d80000", "00001100", "ffffffff"}) {
      assertEquals(
          "x.npy: expected texts of Unicode, got other characters.",
          refused("<U1", "(1,)", code),
          code);
    }
    assertTrue(refused("|S2", "(1,)", "ff00").contains("expected texts of Unicode"));
    assertTrue(refused("<U2", "(2,)", "61000000").contains("expected 2 numbers of 8 bytes"));
  }
}
