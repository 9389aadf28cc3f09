package kerava.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The form of all that is said where something is wrong. */
public final class OneSentence {
  private static final int MOST = 300;

  private OneSentence() {}

  /**
   * Fails unless it is one sentence of that form.
   *
   * @param what names the case
   * @param err what was said on standard error
   */
  public static void isOneSentence(String what, String err) {
    assertEquals(1, err.lines().count(), what + ": " + err);
    assertTrue(err.startsWith("kerava: "), what + ": " + err);
    String text = err.strip().substring("kerava: ".length());
    assertTrue(text.length() <= MOST, what + ": " + text.length() + " letters: " + text);
    assertTrue(text.matches(".*[A-Za-z]{2,} [A-Za-z]{2,}.*[.?!]"), what + ": " + text);
    assertFalse(text.matches("-?\\d.*"), what + ": " + text);
    assertFalse(
        text.matches(
            ".*(\\b[a-z]+\\.[a-z]+\\.[A-Z]|Exception|Error\\b|\\bclass \\[|@[0-9a-f]{6}).*"),
        what + ": " + text);
  }
}
