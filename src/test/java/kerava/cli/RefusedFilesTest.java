package kerava.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What no command can do anything with: it ends with a code and one sentence that names no Java
 * class, and leaves nothing behind.
 */
final class RefusedFilesTest {
  private static final Pattern CLASS_NAME =
      Pattern.compile("\\b(java|kerava|org|io|com)\\.\\w+\\.|\\w(Exception|Error)\\b|\\bnull\\b");

  @TempDir private static Path folder;

  @BeforeAll
  static void makeFiles() throws IOException {
    BadFiles.in(folder);
  }

  /** In a line, {@code @} stands before the name of a file of {@link BadFiles}. */
  static Stream<String> lines() {
    return RefusedLines.ALL.lines().map(String::strip).filter(line -> !line.isEmpty());
  }

  @Test
  void areManyKinds() {
    assertTrue(lines().count() >= 120, () -> String.valueOf(lines().count()));
    assertEquals(lines().count(), lines().distinct().count());
  }

  @ParameterizedTest
  @MethodSource("lines")
  void endsWithOneSentence(String line) throws IOException {
    List<Path> before = files();
    Run run = Run.of((Object[]) line.replace("@", folder + "/").split(" +"));
    assertNotEquals(0, run.code(), run.out());
    String error = run.err();
    assertEquals(1, error.lines().count(), error);
    assertTrue(error.startsWith("kerava: "), error);
    String told = error.strip().replace(folder.toString(), "/home/me");
    assertTrue(told.length() < 300, () -> told.length() + ": " + told);
    assertTrue(told.length() > 30, told);
    assertFalse(CLASS_NAME.matcher(told).find(), told);
    assertEquals(before, files());
  }

  private static List<Path> files() throws IOException {
    try (Stream<Path> here = Files.list(Path.of(""));
        Stream<Path> there = Files.walk(folder)) {
      return Stream.concat(here, there).sorted().toList();
    }
  }
}
