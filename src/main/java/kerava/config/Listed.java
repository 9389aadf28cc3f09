package kerava.config;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What stands somewhere, in a sentence that stays short: the first of many names, and long ones
 * cut. {@link Nearest} chooses among names by what somebody wrote.
 */
public final class Listed {
  private static final int NAMES = 5;
  private static final int LETTERS = 30;

  private Listed() {}

  /** The names, between commas; "none" if there are none. */
  public static String of(Collection<String> names) {
    if (names.isEmpty()) {
      return "none";
    }
    List<String> all = List.copyOf(names);
    String first =
        all.stream().limit(NAMES).map(name -> cut(name, LETTERS)).collect(Collectors.joining(", "));
    return all.size() <= NAMES ? first : first + " and " + (all.size() - NAMES) + " more";
  }

  /** All the names, between commas; those that hold a comma or begin or end blank, in quotes. */
  public static String all(Collection<String> names) {
    return names.stream().map(Listed::apart).collect(Collectors.joining(", "));
  }

  /** A name that stands beside others: in quotes if it could be taken for two of them. */
  public static String apart(String name) {
    boolean clear = !name.isBlank() && name.equals(name.strip()) && name.indexOf(',') < 0;
    return Visible.of(clear ? name : "\"" + name + "\"");
  }

  /** The beginning of a text, on one line. */
  public static String cut(String text, int letters) {
    String line = Visible.of(text.strip().replaceAll("\\s+", " "));
    if (line.length() <= letters) {
      return line;
    }
    boolean parts = Character.isHighSurrogate(line.charAt(letters - 1));
    return line.substring(0, parts ? letters - 1 : letters) + "...";
  }
}
