package kerava.train;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names with the numbers of an epoch in them, in Python's notation. */
final class NameTemplate {
  private static final Pattern FIELD =
      Pattern.compile("\\{(\\w+(?:\\[\\d+])?)(?::(0?\\d*)(?:(d)|(\\.\\d+)([fe])))?\\}");

  private NameTemplate() {}

  static String fill(String template, Epoch epoch) {
    Map<String, Number> values = new TreeMap<>(epoch.metrics());
    values.put("epoch", epoch.index() + 1);
    values.put("batch", epoch.steps());
    StringBuilder name = new StringBuilder();
    Matcher field = FIELD.matcher(template);
    while (field.find()) {
      Number value = values.get(field.group(1));
      if (value == null) {
        throw new IllegalArgumentException(
            "Epoch name: expected one of "
                + values.keySet()
                + ", got \""
                + field.group(1)
                + "\" in \""
                + template
                + "\".");
      }
      field.appendReplacement(name, Matcher.quoteReplacement(text(field, value)));
    }
    return field.appendTail(name).toString();
  }

  private static String text(Matcher field, Number value) {
    if (field.group(2) == null) {
      return value.toString();
    }
    String size = field.group(2).equals("0") ? "" : field.group(2);
    return field.group(3) != null
        ? String.format(Locale.ROOT, "%" + size + "d", value.longValue())
        : String.format(
            Locale.ROOT, "%" + size + field.group(4) + field.group(5), value.doubleValue());
  }
}
