package kerava.sweep;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What became of an example.
 *
 * @param name its name
 * @param refused whether it has to be refused
 * @param said what became of each {@link Check}, in order: {@link #OK} and how far numbers are
 *     apart, {@link #NONE}, or words
 */
record ExampleVerdict(String name, boolean refused, Map<Check, String> said) {
  static final String OK = "ok";

  /** There is nothing to be checked. */
  static final String NONE = "-";

  /** What a model that is not there yet in Kerava begins with. */
  static final String NOT_YET = "not yet";

  /** What is asked of an example. */
  enum Check {
    /** The archive is read. */
    READ,
    /** It predicts what Keras predicts. */
    PREDICT,
    /** Keras' old format is read, and predicts the same. */
    H5,
    /** Keras' SavedModel runs, with the same numbers. */
    SERVE,
    /** What Kerava writes as an archive is the same model when it is read again. */
    ARCHIVE,
    /** So is what it exports; the SavedModel runs, with the same numbers. */
    EXPORT,
    /** Five steps of training reach Keras' losses, metrics and weights. */
    TRAIN
  }

  /** Words for what is as it has to be, with how far its numbers are from Keras'. */
  static String ok(double apart) {
    return String.format(Locale.ROOT, "%s %.0e", OK, apart);
  }

  /** Whether words say that there is nothing else to be said. */
  static boolean isGood(String words) {
    return words.equals(OK) || words.startsWith(OK + " ") || words.equals(NONE);
  }

  /** Whether all is as it has to be. */
  boolean good() {
    return said.values().stream().allMatch(ExampleVerdict::isGood);
  }

  /** Whether a number is not Keras'. */
  boolean wrong() {
    return said.values().stream().anyMatch(words -> words.startsWith("WRONG"));
  }

  private String cell(Check check) {
    String words = said.getOrDefault(check, NONE);
    return isGood(words) ? words : words.split("[: ]", 2)[0];
  }

  private String reason() {
    return said.values().stream()
        .filter(words -> !isGood(words))
        .distinct()
        .collect(Collectors.joining(" | "));
  }

  /** A table for people, and under it how many are good. */
  static String table(List<ExampleVerdict> verdicts) {
    String rows = verdicts.stream().map(ExampleVerdict::row).collect(Collectors.joining());
    return head() + rows + counts(verdicts);
  }

  /** The first line of a table. */
  static String head() {
    return row("name", check -> check.name().toLowerCase(Locale.ROOT), "reason");
  }

  /** A line of it. */
  String row() {
    return row(name, this::cell, reason());
  }

  private static String row(String name, Function<Check, String> cells, String reason) {
    StringBuilder row = new StringBuilder(String.format(Locale.ROOT, "%-28s", name));
    for (Check check : Check.values()) {
      row.append(String.format(Locale.ROOT, "%-9s", cells.apply(check)));
    }
    return row.append(reason).append("\n").toString();
  }

  /** How many are good. */
  static String counts(List<ExampleVerdict> verdicts) {
    StringBuilder table = new StringBuilder();
    for (boolean refused : new boolean[] {false, true}) {
      List<ExampleVerdict> some = verdicts.stream().filter(v -> v.refused() == refused).toList();
      table.append(
          "%d of %d that have to be %s are%n"
              .formatted(
                  some.stream().filter(ExampleVerdict::good).count(),
                  some.size(),
                  refused ? "refused" : "read, predicted, written and trained"));
    }
    return table.toString();
  }
}
