package kerava.reliability;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/** Counts cases and losses, says how far a run is, and gives its figures at the end. */
final class Tally {
  private static final long BETWEEN_LINES = TimeUnit.SECONDS.toNanos(10);
  private static final int SHOWN = 200;

  private final String tool;
  private final Options options;
  private final PrintStream out;
  private final Instant begin = Instant.now();
  private final long start = System.nanoTime();
  private final TreeMap<String, TreeMap<String, Long>> cells = new TreeMap<>();
  private final LinkedHashMap<String, Loss> losses = new LinkedHashMap<>();
  private final LinkedHashMap<String, String> notes = new LinkedHashMap<>();
  private long cases;
  private long lastLine = start;

  /** One way in which something was lost, with the first case of it. */
  private record Loss(String kind, String what, String repeat, long times) {}

  Tally(String tool, Options options, PrintStream out) {
    this.tool = tool;
    this.options = options;
    this.out = out;
  }

  /** Whether there is time left, and cases are. */
  synchronized boolean goesOn() {
    return cases < options.count() && minutes() < options.minutes();
  }

  private double minutes() {
    return (System.nanoTime() - start) / 60e9;
  }

  /** A case of a kind ended in some way. */
  synchronized void add(String kind, String outcome) {
    add(kind, outcome, 1);
  }

  /** Several cases did. */
  synchronized void add(String kind, String outcome, long times) {
    cases += times;
    cells.computeIfAbsent(kind, k -> new TreeMap<>()).merge(outcome, times, Long::sum);
    if (System.nanoTime() - lastLine > BETWEEN_LINES) {
      lastLine = System.nanoTime();
      out.printf(
          "%s: %.1f of %.1f minutes, %d cases, %d losses%n",
          tool, minutes(), options.minutes(), cases, lost());
    }
  }

  /**
   * Something was lost.
   *
   * @param kind of what
   * @param what in words
   * @param repeat the seed or the input that shows it again
   */
  synchronized void lose(String kind, String what, String repeat) {
    // Those of one kind differ in numbers and in the names of temporary files only.
    String key = kind + what.replaceAll("/\\S+", "/").replaceAll("[0-9a-f-]*\\d[0-9a-f-]*", "#");
    Loss known = losses.get(key);
    if (known == null) {
      out.println(tool + ": LOSS " + kind + ": " + what + " [" + repeat + "]");
    }
    losses.put(
        key,
        known == null
            ? new Loss(kind, what, repeat, 1)
            : new Loss(known.kind(), known.what(), known.repeat(), known.times() + 1));
  }

  /** A figure of the run. */
  synchronized void note(String name, Object value) {
    notes.put(name, String.valueOf(value));
  }

  synchronized long lost() {
    return losses.values().stream().mapToLong(Loss::times).sum();
  }

  synchronized long cases() {
    return cases;
  }

  /** How many cases of a kind ended in some way. */
  synchronized long of(String kind, String outcome) {
    return cells.getOrDefault(kind, new TreeMap<>()).getOrDefault(outcome, 0L);
  }

  /** What was lost, in lines. */
  synchronized String lossLines() {
    List<String> lines = new ArrayList<>();
    losses.values().stream().limit(SHOWN).forEach(loss -> lines.add(loss.toString()));
    return String.join("\n", lines);
  }

  /** Prints the table and writes the JSON; 1 if anything was lost or nothing was tried. */
  synchronized int finish() throws IOException {
    table();
    if (options.out().isPresent()) {
      Path file = options.out().get().toAbsolutePath();
      Files.createDirectories(file.getParent());
      new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(file.toFile(), json());
    }
    return losses.isEmpty() && cases > 0 ? 0 : 1;
  }

  private void table() {
    TreeSet<String> columns = new TreeSet<>();
    cells.values().forEach(row -> columns.addAll(row.keySet()));
    out.printf("%n%-28s", tool);
    columns.forEach(column -> out.printf(" %12s", column));
    out.println();
    cells.forEach(
        (kind, row) -> {
          out.printf("%-28s", kind);
          columns.forEach(column -> out.printf(" %12d", row.getOrDefault(column, 0L)));
          out.println();
        });
    notes.forEach((name, value) -> out.printf("%-28s %s%n", name, value));
    out.printf(
        "%d cases in %.1f minutes, seed %d: %d losses of %d kinds%n",
        cases, minutes(), options.seed(), lost(), losses.size());
    losses.values().stream()
        .limit(SHOWN)
        .forEach(
            loss ->
                out.printf(
                    "  %d x %s: %s [%s]%n", loss.times(), loss.kind(), loss.what(), loss.repeat()));
  }

  private ObjectNode json() {
    ObjectNode json = new ObjectMapper().createObjectNode();
    json.put("tool", tool);
    json.put("began", begin.toString());
    json.put("seconds", Duration.between(begin, Instant.now()).toSeconds());
    json.put("machine", Machine.words());
    json.put("seed", options.seed());
    json.put("cases", cases);
    ObjectNode kinds = json.putObject("kinds");
    for (Map.Entry<String, TreeMap<String, Long>> row : cells.entrySet()) {
      ObjectNode cell = kinds.putObject(row.getKey());
      row.getValue().forEach(cell::put);
    }
    ObjectNode figures = json.putObject("figures");
    notes.forEach(figures::put);
    json.put("lost", lost());
    losses.values().forEach(loss -> json.withArray("/losses").addPOJO(loss));
    return json;
  }
}
