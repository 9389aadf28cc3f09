package kerava.saving.hdf5;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import kerava.files.AtomicFile;
import kerava.graph.Array;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.ndarray.Shape;

/** What is written as HDF5, as another library reads it. */
final class Hdf5DraftTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(ints = {1, 15, 16, 17, 255, 256, 257, 1500})
  void groupsOfAnySize(int members) throws IOException {
    Path file = folder.resolve("many.h5");
    try (Hdf5Draft draft = Hdf5Draft.create(file)) {
      for (int i = 0; i < members; i++) {
        draft.put("many/" + i, Array.of(new float[] {i, -i}, 2));
      }
    }
    try (Hdf5File read = Hdf5File.read(file)) {
      assertEquals(members, read.names("many").size());
      for (int i = 0; i < members; i += 7) {
        assertEquals(Array.of(new float[] {i, -i}, 2), read.floats("many/" + i, Shape.of(2)));
      }
    }
  }

  @Test
  void emptyGroupsAndSingleNumbers() throws IOException {
    Path file = folder.resolve("few.h5");
    try (Hdf5Draft draft = Hdf5Draft.create(file)) {
      draft.put("a/vars");
      draft.put("b", Long.MAX_VALUE - 1);
      draft.put("c", 0.1f);
      draft.put("zz");
    }
    try (Hdf5File read = Hdf5File.read(file)) {
      assertTrue(read.has("a/vars"));
      assertEquals(Set.of(), read.names("a/vars"));
      assertEquals(Set.of(), read.names("zz"));
      assertEquals(Set.of("a", "b", "c", "zz"), read.names(""));
      assertEquals(Long.MAX_VALUE - 1, read.integer("b"));
      assertEquals(Array.of(new float[] {0.1f}), read.floats("c", Shape.scalar()));
    }
  }

  @Test
  void numbersOfManyPieces() throws IOException {
    float[] values = new float[123_457];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    Path file = folder.resolve("long.h5");
    try (Hdf5Draft draft = Hdf5Draft.create(file)) {
      draft.put("x", Array.of(values, values.length));
    }
    try (Hdf5File read = Hdf5File.read(file)) {
      assertEquals(Array.of(values, values.length), read.floats("x", Shape.of(values.length)));
    }
  }

  @Test
  void aWriterThatFailsLeavesWhatWasThere() throws IOException {
    Path file = Files.writeString(folder.resolve("kept.keras"), "old");
    assertThrows(
        IOException.class,
        () ->
            AtomicFile.write(
                file,
                draft -> {
                  Files.writeString(draft, "half");
                  throw new IOException("no space left");
                }));
    assertEquals("old", Files.readString(file));
    try (var files = Files.list(folder)) {
      assertEquals(1, files.count());
    }
    Path below = file.resolve("model.keras");
    assertThrows(IOException.class, () -> AtomicFile.write(below, draft -> {}));
    assertFalse(Files.exists(below));
  }
}
