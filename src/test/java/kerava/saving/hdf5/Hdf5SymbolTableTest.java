package kerava.saving.hdf5;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import kerava.files.ModelFormatException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Groups whose members stand in a tree and a heap of names, as Keras writes them, changed. */
final class Hdf5SymbolTableTest {
  @TempDir Path folder;
  private ByteBuffer file = ByteBuffer.allocate(0);

  @BeforeEach
  void twoArrays() throws IOException {
    Path path = folder.resolve("x.h5");
    try (Hdf5Draft draft = Hdf5Draft.create(path)) {
      draft.put("a", 1f);
      draft.put("b", 2f);
    }
    file = ByteBuffer.wrap(Files.readAllBytes(path)).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Where a structure stands that begins with four letters. */
  private int place(String letters) {
    byte[] wanted = letters.getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; ; i++) {
      if (Arrays.equals(file.array(), i, i + 4, wanted, 0, 4)) {
        return i;
      }
    }
  }

  private Set<String> names() throws ModelFormatException {
    try (Hdf5File hdf = Hdf5File.open(Path.of("x.h5"), file.array())) {
      return hdf.names("");
    }
  }

  private void damaged(String found) {
    assertEquals(
        "x.h5: : expected sound HDF5, got " + found + ". Is the file damaged?",
        assertThrows(ModelFormatException.class, this::names).getMessage());
  }

  @Test
  void namesUpToTheEndOfTheirHeap() throws ModelFormatException {
    assertEquals(Set.of("a", "b"), names());
    int heap = place("HEAP");
    // The names stand at 8 and 16.
    file.putLong(heap + 8, 17);
    assertEquals(Set.of("a", "b"), names());
    file.put((int) file.getLong(heap + 24) + 17, (byte) 'x');
    assertEquals(Set.of("a", "b"), names());
    file.putLong(heap + 8, 18);
    assertEquals(Set.of("a", "bx"), names());
    file.putLong(heap + 8, 16);
    damaged("a name outside of its heap");
  }

  @Test
  void partsOfAnotherKind() {
    for (String letters : new String[] {"HEAP", "TREE", "SNOD"}) {
      int at = place(letters);
      file.put(at, (byte) 'x');
      damaged("no " + letters);
      file.put(at, (byte) letters.charAt(0));
    }
    file.put(place("TREE") + 4, (byte) 1);
    damaged("a tree that does not hold groups in order");
  }

  @Test
  void treesThatDoNotGoDown() {
    file.put(place("TREE") + 5, (byte) 1);
    damaged("no TREE");
  }

  @Test
  void namesThatAreNotThereOrTwice() {
    int leaf = place("SNOD");
    file.putLong(leaf + 8, 0);
    damaged("a name twice in a group, or none");
    file.putLong(leaf + 8, 16);
    damaged("a name twice in a group, or none");
  }

  @Test
  void linksToOtherPlaces() throws ModelFormatException {
    file.putInt(place("SNOD") + 8 + 16, 2);
    assertEquals(Set.of("a", "b"), names());
    try (Hdf5File hdf = Hdf5File.open(Path.of("x.h5"), file.array())) {
      assertEquals(2, hdf.floats("b").floats()[0]);
      assertEquals(
          "x.h5: a: expected data in this file, got a link.",
          assertThrows(ModelFormatException.class, () -> hdf.floats("a")).getMessage());
    }
  }

  @Test
  void asManyMembersAsTheLeafSays() throws ModelFormatException {
    file.putShort(place("SNOD") + 6, (short) 1);
    assertEquals(Set.of("a"), names());
    file.putShort(place("TREE") + 6, (short) 0);
    assertEquals(Set.of(), names());
  }
}
