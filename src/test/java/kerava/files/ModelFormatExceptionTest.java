package kerava.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Refusals name the file and stay readable, whatever the file makes them repeat. */
final class ModelFormatExceptionTest {
  @Test
  void beginWithTheLastNameOfTheFile() {
    Path file = Path.of("folder", "model.keras");
    Exception cause = new IllegalStateException();
    assertEquals("model.keras: damaged", new ModelFormatException(file, "damaged").getMessage());
    ModelFormatException caused = new ModelFormatException(file, "damaged", cause);
    assertEquals("model.keras: damaged", caused.getMessage());
    assertSame(cause, caused.getCause());
    assertEquals("/: damaged", new ModelFormatException(Path.of("/"), "damaged").getMessage());
    assertEquals(
        "a layer: expected b, got c. Is it d?",
        new ModelFormatException("a layer", "b", "c", "Is it d?").getMessage());
  }

  @Test
  void loseTheirMiddleBeyond700Characters() {
    Path file = Path.of("m");
    String longest = "x".repeat(500) + "y".repeat(200);
    assertEquals("m: " + longest, new ModelFormatException(file, longest).getMessage());
    assertEquals(
        "m: " + "x".repeat(500) + "..." + "y".repeat(199) + "z",
        new ModelFormatException(file, longest + "z").getMessage());
  }

  @Test
  void dataFilesAreNamedByTheirPlaceInAFolder() {
    Path file = Path.of("set", "train", "a.png");
    DatasetException plain = new DatasetException(file, "expected an image, got none.");
    assertEquals("a.png: expected an image, got none.", plain.getMessage());
    assertEquals("a.png", plain.where());
    assertEquals(file, plain.file());
    DatasetException within = plain.within(Path.of("set"));
    assertEquals(Path.of("train", "a.png") + ": expected an image, got none.", within.getMessage());
    assertEquals(Path.of("train", "a.png").toString(), within.where());
    assertEquals("a.png", plain.within(Path.of("elsewhere")).where());
    assertEquals(
        "a.png: expected an image, got none. Is it whole?",
        plain.withHint("Is it whole?").getMessage());
    assertEquals("/", new DatasetException(Path.of("/"), "x").where());
  }
}
