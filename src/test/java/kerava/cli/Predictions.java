package kerava.cli;

import static kerava.interop.KerasFixtures.file;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import kerava.data.Npy;
import kerava.graph.Array;
import org.junit.jupiter.api.io.TempDir;

/** Predictions from the command line, in a folder of their own. */
abstract class Predictions {
  static final Path TWO_INPUTS = file("two_inputs");

  static final Path TYPES = file("tf_types");

  @TempDir Path folder;

  static Run succeeds(Object... words) {
    Run run = Run.of(words);
    assertEquals(0, run.code(), run.err());
    assertEquals("", run.err());
    return run;
  }

  static void fails(String words, Object... command) {
    Run run = Run.of(command);
    assertTrue(run.code() != 0, run.out());
    assertTrue(run.err().contains(words), run.err());
    assertEquals(1, run.err().lines().count(), run.err());
    assertEquals("", run.out());
  }

  Path npy(String name, Array array) throws IOException {
    Path file = folder.resolve(name + ".npy");
    Npy.write(file, array);
    return file;
  }
}
