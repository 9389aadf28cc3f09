package kerava.saving;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import kerava.files.ModelFormatException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Layers that Kerava does not have are refused by their names, in one short sentence. */
final class LaterLayersTest {
  @TempDir Path folder;

  @Test
  void areNamed() throws IOException {
    String later = "DenseOfTomorrow";
    Path file =
        ChangedArchive.of(folder, "keras3_sequence.keras")
            .change(json -> json.replace("\"class_name\": \"Dense\"", name(later)));
    String message =
        assertThrows(ModelFormatException.class, () -> KerasArchive.read(file)).getMessage();
    assertTrue(message.endsWith(", got \"" + later + "\"."), message);
    assertEquals(1, message.lines().count());
    assertTrue(message.length() <= 300, message);
  }

  private static String name(String className) {
    return "\"class_name\": \"" + className + "\"";
  }
}
