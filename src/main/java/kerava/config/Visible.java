package kerava.config;

import java.util.function.IntPredicate;

/**
 * Text of a file or a person as it may stand in a message, a table or on a terminal: what would act
 * there instead of being seen is written as JSON and Java write it, {@code \u001b}.
 *
 * <p>That is what moves the cursor or begins a command of the terminal (control characters), what
 * ends a line (U+2028), what turns the direction of the text around it (U+202E), what takes no
 * place (U+200B), half of a surrogate pair, and what is no character at all. All others stay.
 */
public final class Visible {
  /** Marks and letters that are drawn as nothing, although Unicode calls them no format. */
  private static final int[][] BLANK = {
    {0x034F, 0x034F},
    {0x115F, 0x1160},
    {0x17B4, 0x17B5},
    {0x180B, 0x180F},
    {0x2065, 0x2065},
    {0x2800, 0x2800},
    {0x3164, 0x3164},
    {0xFDD0, 0xFDEF},
    {0xFE00, 0xFE0F},
    {0xFFA0, 0xFFA0},
    {0xFFF0, 0xFFF8},
    {0xE0000, 0xE0FFF}
  };

  private static final int LAST_TWO = 0xFFFE;

  private Visible() {}

  /** The text on one line, with nothing in it that cannot be seen. */
  public static String of(String text) {
    return escaped(text, Visible::acts);
  }

  /** The same of a text of several lines, which stay; tabs stay, too. */
  public static String lines(String text) {
    return escaped(text, c -> c != '\n' && c != '\t' && acts(c));
  }

  /**
   * A JSON document with nothing in it that cannot be seen. It means the same: such characters
   * stand within JSON's texts alone, and this is how these write them.
   */
  public static String json(String document) {
    return escaped(document, c -> c != '\n' && c != '\r' && c != '\t' && acts(c));
  }

  /** Whether a text can be seen as it is. */
  public static boolean is(String text) {
    return text.codePoints().noneMatch(Visible::acts);
  }

  private static String escaped(String text, IntPredicate chosen) {
    if (text.codePoints().noneMatch(chosen)) {
      return text;
    }
    StringBuilder line = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(
            c -> {
              if (chosen.test(c)) {
                Character.toString(c).chars().forEach(unit -> escape(line, unit));
              } else {
                line.appendCodePoint(c);
              }
            });
    return line.toString();
  }

  private static void escape(StringBuilder line, int unit) {
    line.append("\\u").append(Character.forDigit(unit >> 12, 16));
    line.append(Character.forDigit(unit >> 8 & 0xF, 16));
    line.append(Character.forDigit(unit >> 4 & 0xF, 16));
    line.append(Character.forDigit(unit & 0xF, 16));
  }

  private static boolean acts(int c) {
    if (c < 0x7F) {
      return c < ' ';
    }
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      default -> (c & LAST_TWO) == LAST_TWO || isBlank(c);
    };
  }

  private static boolean isBlank(int c) {
    for (int[] range : BLANK) {
      if (c >= range[0] && c <= range[1]) {
        return true;
      }
    }
    return false;
  }
}
