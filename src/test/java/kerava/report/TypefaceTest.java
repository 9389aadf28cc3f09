package kerava.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.Font;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

final class TypefaceTest {
  @TempDir private Path folder;

  @Test
  void isOurOwnFont() throws IOException {
    Font font = Typeface.load().plain(12);
    assertEquals("DejaVu Sans", font.getFamily());
    assertEquals(12, font.getSize2D());
    assertTrue(Typeface.load().bold(14).isBold());
  }

  @Test
  void givesWayOnlyWhereItLacksACharacter() throws IOException {
    Font font = Typeface.load().plain(12);
    assertSame(font, Typeface.able(font, "žluťoučký kůň, щука, γάτα"));
    assertSame(font, Typeface.able(font, ""));
    Font other = Typeface.able(font, "猫");
    assertTrue(other.equals(font) || other.canDisplayUpTo("猫") < 0);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void drawsTheSamePicturesWhereTheSystemHasNoFonts() throws Exception {
    Path config = folder.resolve("fonts.conf");
    Files.writeString(config, "<?xml version=\"1.0\"?><fontconfig></fontconfig>");
    Path there = folder.resolve("there.report");
    assertEquals("", run(Map.of("FONTCONFIG_FILE", config.toString()), there));
    Path here = folder.resolve("here.report");
    Example.report().writeTo(here);
    for (String name : List.of("history.png", "confusion.png", "predictions.png", "report.html")) {
      assertArrayEquals(
          Files.readAllBytes(here.resolve(name)), Files.readAllBytes(there.resolve(name)), name);
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void saysWhatToInstallWhereJavaCannotDraw() throws Exception {
    // Stands in the way of the library that Java draws text with.
    Files.writeString(folder.resolve("libfreetype.so.6"), "not a library");
    Path report = folder.resolve("some.report");
    String errors = run(Map.of("LD_LIBRARY_PATH", folder.toString()), report);
    assumeTrue(!errors.isEmpty(), "this Java brings a freetype of its own");
    String first = errors.lines().findFirst().orElse("");
    assertTrue(
        first.contains("java.io.IOException: Report: expected Java to draw text, got "), first);
    assertTrue(first.contains("apt-get install libfreetype6 libfontconfig1"), first);
    assertNotEquals(true, Files.exists(report));
  }

  /** Writes the example in a JVM of its own; returns what it said on its error stream. */
  private String run(Map<String, String> environment, Path report) throws Exception {
    Path errors = folder.resolve("errors.txt");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // Java remembers the system's fonts in the user's home.
    command.add("-Duser.home=" + folder);
    command.add("-Djava.awt.headless=true");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(Example.class.getName());
    command.add(report.toString());
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    builder.redirectError(errors.toFile());
    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    int status = builder.start().waitFor();
    String text = Files.readString(errors, StandardCharsets.UTF_8);
    assertEquals(text.isEmpty(), status == 0, text);
    return text;
  }
}
