package kerava.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Words of commands, as a real shell takes them. */
final class QuotedTest {
  private static final Path BASH = Path.of("/bin/bash");

  @Test
  void leavesPlainWords() {
    assertEquals("--out=/a/b_c.keras", Quoted.shell("--out=/a/b_c.keras"));
    assertEquals("'=ls'", Quoted.shell("=ls"));
    assertEquals("''", Quoted.shell(""));
    assertEquals("\"a\\\"\\\\\\u001b\\U000e0041\"", Quoted.python("a\"\\\u001b\udb40\udc41"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "it's",
        "$(touch x)`id`",
        "a\nb\r\tc",
        "\u001b[31m'\\'",
        "\u202e!a\"*?~",
        "'\u001b'1",
        "\\n\u00857",
        "猫 😀\udb40\udc41"
      })
  void bashTakesThemAsTheyWere(String text) throws IOException, InterruptedException {
    Assumptions.assumeTrue(Files.isExecutable(BASH), "a machine with bash");
    String word = Quoted.shell(text);
    assertTrue(Visible.is(word), word);
    ProcessBuilder builder =
        new ProcessBuilder(BASH.toString(), "-c", "printf %s " + word).redirectErrorStream(true);
    builder.environment().put("LC_ALL", "C.UTF-8");
    Process bash = builder.start();
    String got = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, bash.waitFor());
    assertEquals(text, got);
  }
}
