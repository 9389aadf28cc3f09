package kerava.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import kerava.interop.KerasFixtures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PlotCommandTest {
  @TempDir private Path folder;

  @Test
  void drawsAFileOfPythons() throws IOException {
    Path out = folder.resolve("nested.svg");
    Run run = Run.of("plot", KerasFixtures.file("keras3_nested.keras"), out);
    assertEquals(0, run.code(), run.err());
    assertEquals("Written: " + out + "\n", run.out());
    assertTrue(Files.readString(out).contains(">backbone</text>"));
  }

  @Test
  void drawsANetworkByItsName() throws IOException {
    Path out = folder.resolve("net.svg");
    assertEquals(0, Run.of("plot", "resnet32", out).code());
    assertTrue(Files.readString(out).contains(">resnet32</text>"));
  }

  @Test
  void refusesWhatItCannotDraw() throws IOException {
    Run run = Run.of("plot", "resnet20", folder.resolve("net.png"));
    assertEquals(2, run.code());
    assertTrue(run.err().contains("OUT.svg: expected a name that ends in .svg, got "), run.err());
    run = Run.of("plot", "no-such-model");
    assertEquals(2, run.code());
    assertTrue(run.err().contains("MODEL: expected a network such as cnn, resnet20,"), run.err());
    assertFalse(Files.exists(folder.resolve("net.png")));
  }
}
