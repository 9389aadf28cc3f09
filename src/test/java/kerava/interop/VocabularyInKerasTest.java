package kerava.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import kerava.Golden;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The list of Keras' classes is Keras' own. */
@EnabledIfPython
final class VocabularyInKerasTest {
  @Test
  void theListIsComplete(@TempDir Path folder) throws IOException, InterruptedException {
    Path list = folder.resolve("vocabulary.json");
    Process python =
        new ProcessBuilder(
                System.getenv("KERAVA_PYTHON"), "tools/golden/vocabulary.py", list.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    assertEquals(0, python.waitFor());
    assertEquals(Golden.read("vocabulary.json"), new ObjectMapper().readTree(list.toFile()));
  }
}
