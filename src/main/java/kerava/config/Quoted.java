package kerava.config;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/** Texts as they are typed into a shell or a program, for commands that are to be copied. */
public final class Quoted {
  private static final Pattern PLAIN =
      Pattern.compile("[A-Za-z0-9_@%+:,./-][A-Za-z0-9_@%+=:,./-]*");

  private Quoted() {}

  /**
   * One word for a shell: in quotes where it would make something else of it, and as bash and zsh
   * write it, {@code $'\012'}, where something in it cannot be seen.
   */
  public static String shell(String text) {
    if (PLAIN.matcher(text).matches()) {
      return text;
    }
    if (Visible.is(text)) {
      return "'" + text.replace("'", "'\\''") + "'";
    }
    StringBuilder word = new StringBuilder("$'");
    text.codePoints()
        .forEach(
            c -> {
              String one = Character.toString(c);
              if (Visible.is(one)) {
                word.append(c == '\'' || c == '\\' ? "\\" + one : one);
              } else {
                bytes(word, one);
              }
            });
    return word.append('\'').toString();
  }

  private static void bytes(StringBuilder word, String text) {
    for (byte one : text.getBytes(StandardCharsets.UTF_8)) {
      word.append(String.format(Locale.ROOT, "\\%03o", one & 0xFF));
    }
  }

  /** A text in Python, in double quotes. */
  public static String python(String text) {
    StringBuilder literal = new StringBuilder("\"");
    text.codePoints()
        .forEach(
            c -> {
              String one = Character.toString(c);
              if (c == '"' || c == '\\') {
                literal.append('\\').append(one);
              } else if (Visible.is(one)) {
                literal.append(one);
              } else {
                String form = c > Character.MAX_VALUE ? "\\U%08x" : "\\u%04x";
                literal.append(String.format(Locale.ROOT, form, c));
              }
            });
    return literal.append('"').toString();
  }
}
