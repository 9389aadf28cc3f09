package kerava.saving;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import kerava.files.ModelFormatException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Layers that Kerava does not have are refused by their names, in one short sentence. */
final class LaterLayersTest {
  @ParameterizedTest
  @CsvSource({"layer_lstm, LSTM"})
  void areNamed(String folder, String layer) {
    Path file = Path.of("src", "test", "resources", "reported", folder, "m.keras");
    String message =
        assertThrows(ModelFormatException.class, () -> KerasArchive.read(file)).getMessage();
    assertTrue(message.endsWith(", got \"" + layer + "\"."), message);
    assertEquals(1, message.lines().count());
    assertTrue(message.length() <= 300, message);
  }
}
