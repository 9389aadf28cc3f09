package kerava.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import kerava.data.Npy;
import kerava.files.DatasetException;
import kerava.graph.Array;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of every number type that NumPy has, in both byte orders and both memory orders. */
@EnabledIfPython
final class NumPyFilesTest {
  @TempDir Path folder;

  @Test
  void holdTheSameNumbersHereOrAreRefused() throws Exception {
    PythonReference.run("numpy_arrays.py", new PythonReference(folder.resolve("none"), folder));
    List<Path> rights = files("right_");
    assertEquals(528, rights.size());
    for (Path right : rights) {
      String name = right.getFileName().toString().substring("right_".length());
      Array expected = Npy.read(right);
      Array found = Npy.read(folder.resolve(name));
      assertEquals(expected, found.to(expected.type()), name);
    }
    List<Path> others = files("other_");
    assertEquals(8, others.size());
    for (Path other : others) {
      assertThrows(DatasetException.class, () -> Npy.read(other), other.toString());
    }
  }

  @Test
  void holdTheSameTextsHereAndThere() throws Exception {
    String[] texts = {"a", "", "über", "😀😀", "a\u0000b", " x "};
    PythonReference reference = new PythonReference(folder.resolve("none"), folder);
    reference.give("texts", Array.of(texts, 3, 2));
    PythonReference.run("numpy_texts.py", reference);
    List<Path> found = files("texts_");
    assertEquals(8, found.size());
    for (Path file : found) {
      assertEquals(Array.of(texts, 3, 2), Npy.read(file), file.toString());
    }
  }

  private List<Path> files(String start) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> found =
          files.filter(file -> file.getFileName().toString().startsWith(start)).toList();
      assertTrue(found.stream().allMatch(Files::isRegularFile));
      return found;
    }
  }
}
