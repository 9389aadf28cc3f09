package kerava;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Draws a table as the library Rich does it for Keras: heavy lines around the header, text broken
 * between words, and "…" where a word is too long.
 *
 * @param widths of the columns, with a space on both sides; the third one is aligned to the right
 */
record RichTable(List<Integer> widths) {
  private static final Pattern WORD = Pattern.compile("\\s*\\S+\\s*");
  private static final int RIGHT_ALIGNED = 2;

  static RichTable of(Integer... widths) {
    return new RichTable(List.of(widths));
  }

  String render(List<String> header, List<List<String>> rows) {
    String body =
        rows.stream().map(row -> row(row, '│')).collect(Collectors.joining(rule("├┼┤", '─')));
    return rule("┏┳┓", '━') + row(header, '┃') + rule("┡╇┩", '━') + body + rule("└┴┘", '─');
  }

  private String rule(String corners, char line) {
    return widths.stream()
        .map(width -> String.valueOf(line).repeat(width))
        .collect(
            Collectors.joining(
                corners.substring(1, 2), corners.substring(0, 1), corners.substring(2) + "\n"));
  }

  private String row(List<String> cells, char border) {
    List<List<String>> wrapped = new ArrayList<>();
    int height = 0;
    for (int i = 0; i < cells.size(); i++) {
      List<String> lines = wrap(cells.get(i), widths.get(i) - 2);
      wrapped.add(lines);
      height = Math.max(height, lines.size());
    }
    StringBuilder text = new StringBuilder();
    for (int line = 0; line < height; line++) {
      text.append(border);
      for (int i = 0; i < cells.size(); i++) {
        List<String> lines = wrapped.get(i);
        text.append(cell(line < lines.size() ? lines.get(line) : "", i)).append(border);
      }
      text.append('\n');
    }
    return text.toString();
  }

  private String cell(String text, int column) {
    int width = widths.get(column) - 2;
    String fitting = text.length() > width ? text.substring(0, width - 1) + "…" : text;
    String space = " ".repeat(width - fitting.length());
    return column == RIGHT_ALIGNED ? " " + space + fitting + " " : " " + fitting + space + " ";
  }

  private static List<String> wrap(String text, int width) {
    List<String> lines = new ArrayList<>();
    int start = 0;
    int used = 0;
    for (Matcher word = WORD.matcher(text); word.find(); ) {
      int length = word.group().stripTrailing().length();
      if (used + length > width && word.start() > 0) {
        lines.add(text.substring(start, word.start()).stripTrailing());
        start = word.start();
        used = 0;
      }
      used += word.group().length();
    }
    lines.add(text.substring(start).stripTrailing());
    return lines;
  }
}
