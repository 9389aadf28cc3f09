package kerava.cli.terminal;

import kerava.config.Visible;

/** A message as people can take it in: one line that is not too long. */
final class ErrorSentence {
  /** How many letters a message has at most, beside {@code kerava: }. */
  static final int MOST = 290;

  private static final int LONG_WORD = 100;
  private static final int KEPT = 48;
  private static final String GAP = "...";

  private ErrorSentence() {}

  /** The first line, with long words, such as paths, shortened in their middle. */
  static String of(String text) {
    String line = ended(Visible.of(text.strip().lines().findFirst().orElse("").strip()));
    if (line.length() <= MOST) {
      return line;
    }
    StringBuilder words = new StringBuilder();
    for (String word : line.split("(?<= )", -1)) {
      words.append(word.length() > LONG_WORD ? shortened(word, KEPT, KEPT) : word);
    }
    String left = words.toString();
    // Who says it stands in front, and what to do at the end.
    return left.length() <= MOST ? left : shortened(left, MOST / 2, MOST / 2 - GAP.length());
  }

  private static String ended(String line) {
    return line.matches(".*[.?!]") ? line : line + ".";
  }

  private static String shortened(String text, int front, int end) {
    int from = text.length() - end;
    return text.substring(0, whole(text, front)) + GAP + text.substring(whole(text, from));
  }

  /** A place to cut where no letter of two units is. */
  private static int whole(String text, int index) {
    return Character.isLowSurrogate(text.charAt(index)) ? index + 1 : index;
  }
}
