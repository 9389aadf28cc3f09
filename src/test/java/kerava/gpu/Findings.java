package kerava.gpu;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a check found: figures with their targets, and what went wrong. */
final class Findings {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String stage;
  private final List<Figure> figures = new ArrayList<>();
  private final List<Figure> uncounted = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  Findings(String stage) {
    this.stage = stage;
  }

  /**
   * A number.
   *
   * @param target what it should be, in words; empty if it is only told
   */
  record Figure(String name, double value, String unit, String target) {
    String row(String stage, String verdict) {
      return String.format(
          Locale.ROOT,
          "%-10s %-38s %12s %-8s %-22s %s",
          stage,
          name,
          number(),
          unit,
          target,
          verdict);
    }

    private String number() {
      return Math.abs(value) >= 1e-3 || value == 0
          ? String.format(Locale.ROOT, "%.4f", value)
          : String.format(Locale.ROOT, "%.2e", value);
    }
  }

  boolean good() {
    return failures.isEmpty();
  }

  void tell(String name, double value, String unit) {
    figures.add(new Figure(name, value, unit, ""));
  }

  /** A number with a target; missing it is a failure where the target counts. */
  void target(Figure figure, boolean reached, boolean counts) {
    figures.add(figure);
    if (!counts) {
      uncounted.add(figure);
    }
    if (!reached && counts) {
      fail(figure.name() + ": expected " + figure.target() + ", got " + figure.number() + ".");
    }
  }

  void note(String note) {
    notes.add(note);
  }

  void fail(String failure) {
    failures.add(failure);
  }

  List<String> table() {
    List<String> rows = new ArrayList<>();
    for (Figure figure : figures) {
      boolean missed = failures.stream().anyMatch(text -> text.startsWith(figure.name() + ":"));
      boolean silent = figure.target().isEmpty() || uncounted.contains(figure);
      rows.add(figure.row(stage, silent ? "" : missed ? "MISSED" : "ok"));
    }
    notes.forEach(note -> rows.add(String.format("%-10s note: %s", stage, note)));
    failures.forEach(failure -> rows.add(String.format("%-10s FAILED: %s", stage, failure)));
    if (rows.isEmpty()) {
      rows.add(String.format("%-10s ok", stage));
    }
    return rows;
  }

  ObjectNode json() {
    ObjectNode root = JSON.createObjectNode();
    root.put("stage", stage).put("good", good());
    root.putArray("figures");
    for (Figure figure : figures) {
      ObjectNode node = root.withArray("figures").addObject();
      node.put("name", figure.name()).put("value", figure.value()).put("unit", figure.unit());
      node.put("target", figure.target());
    }
    notes.forEach(root.putArray("notes")::add);
    failures.forEach(root.putArray("failures")::add);
    return root;
  }

  void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve(stage + ".json"), json().toPrettyString() + "\n");
  }
}
