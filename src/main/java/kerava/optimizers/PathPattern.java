package kerava.optimizers;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import kerava.config.Codec;
import kerava.config.Source;
import kerava.config.Visible;

/**
 * A regular expression for the paths of weights: {@code layer/weight}. Python's and Java's mean the
 * same in what names of layers need.
 *
 * @param text the expression
 * @param compiled the same
 */
record PathPattern(String text, Pattern compiled) {
  private static final String EXPECTED = "a regular expression";

  /** How an expression stands in a config. */
  static final Codec<PathPattern> CODEC =
      Codec.of(
          EXPECTED,
          pattern -> JsonNodeFactory.instance.textNode(pattern.text()),
          PathPattern::read);

  /** How many characters may be looked at: an expression from a file can ask for any number. */
  private static final int MOST = 100_000;

  /**
   * An expression.
   *
   * @throws IllegalArgumentException if it is none
   */
  static PathPattern of(String text) {
    try {
      return new PathPattern(text, Pattern.compile(text));
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          Visible.of("Paths: expected " + EXPECTED + ", got \"" + text + "\"."), e);
    }
  }

  private static PathPattern read(Source source) {
    if (!source.node().isTextual()) {
      throw source.refuse(EXPECTED);
    }
    try {
      return of(source.node().textValue());
    } catch (IllegalArgumentException e) {
      throw source.refuse(EXPECTED);
    }
  }

  /** Whether the expression is found somewhere in a path. */
  boolean isIn(String path) {
    return compiled.matcher(new Counted(path, text)).find();
  }

  /** Whether the expression is all of a path. */
  boolean isAll(String path) {
    return compiled.matcher(new Counted(path, text)).matches();
  }

  /** Two of one text are one, though Java holds no two patterns for equal. */
  @Override
  public boolean equals(Object other) {
    return other instanceof PathPattern that && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }

  /** A text of which only so many characters can be looked at. */
  private static final class Counted implements CharSequence {
    private final String path;
    private final String expression;
    private int looks;

    Counted(String path, String expression) {
      this.path = path;
      this.expression = expression;
    }

    @Override
    public char charAt(int index) {
      looks++;
      if (looks > MOST) {
        throw new IllegalArgumentException(
            Visible.of(
                "Paths: expected a regular expression that is soon compared, got \""
                    + expression
                    + "\"."));
      }
      return path.charAt(index);
    }

    @Override
    public int length() {
      return path.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return path.substring(start, end);
    }

    @Override
    public String toString() {
      return path;
    }
  }
}
