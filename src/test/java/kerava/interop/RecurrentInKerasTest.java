package kerava.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Models of recurrent layers that Keras made: they predict the same here, from each format, and
 * what they are converted to is the same again in Python.
 */
@EnabledIfPython
final class RecurrentInKerasTest {
  @TempDir Path folder;

  @Test
  void predictAndConvertAsInKeras() throws Exception {
    assertEquals(14, SeveralEndsTest.check("recurrent_make.py", folder));
  }
}
