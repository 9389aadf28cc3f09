package kerava.config;

import java.util.Locale;
import java.util.regex.Pattern;

/** Class names in snake case, as Keras writes them: MaxPooling2D is {@code max_pooling2d}. */
public final class SnakeCase {
  private static final Pattern WORD = Pattern.compile("(.)([A-Z][a-z]+)");
  private static final Pattern CASE = Pattern.compile("([a-z])([A-Z])");

  private SnakeCase() {}

  /** A class name in snake case. */
  public static String of(String className) {
    String words = WORD.matcher(className).replaceAll("$1_$2");
    return CASE.matcher(words).replaceAll("$1_$2").toLowerCase(Locale.ROOT);
  }
}
