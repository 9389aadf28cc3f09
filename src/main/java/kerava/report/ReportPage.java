package kerava.report;

import com.samskivert.mustache.Escapers;
import com.samskivert.mustache.Mustache;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.imageio.ImageIO;
import kerava.config.Visible;
import kerava.train.Evaluation;
import kerava.train.History;

/**
 * The page of a report: one file that asks for no other. Its text is the template {@code
 * report.html} beside this class, which escapes everything that is put into it.
 */
final class ReportPage {
  private final TrainingReport report;
  private final Verdicts verdicts;

  private ReportPage(TrainingReport report, Verdicts verdicts) {
    this.report = report;
    this.verdicts = verdicts;
  }

  /** The page with those pictures that there are, by file name. */
  static byte[] of(TrainingReport report, Verdicts verdicts, Map<String, byte[]> files)
      throws IOException {
    Map<String, Object> values = new ReportPage(report, verdicts).values();
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      if (file.getKey().endsWith(".png")) {
        values.put(file.getKey().replace(".png", "_picture"), picture(file.getValue()));
      }
    }
    String page =
        Mustache.compiler()
            .emptyStringIsFalse(true)
            .withEscaper(text -> Escapers.HTML.escape(Visible.lines(text)))
            .compile(template())
            .execute(values);
    return page.getBytes(StandardCharsets.UTF_8);
  }

  private static String template() throws IOException {
    try (InputStream file = ReportPage.class.getResourceAsStream("report.html")) {
      if (file == null) {
        throw new IOException("Report: expected report.html beside the classes, got no such file.");
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** The size is that of the picture's content: pictures have more pixels than that. */
  private static Map<String, Object> picture(byte[] png) throws IOException {
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
    return Map.of(
        "uri", "data:image/png;base64," + Base64.getEncoder().encodeToString(png),
        "width", image.getWidth() / Canvas.SCALE,
        "height", image.getHeight() / Canvas.SCALE);
  }

  private Map<String, Object> values() {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("title", Visible.of(report.title()));
    values.put("accuracy", percent(accuracy()));
    values.put("tested", count(report.test().samples().size()));
    values.put("right", count(verdicts.rightCount()));
    values.put("tested", count(verdicts.count()));
    values.put("figures", figures());
    values.put("parameters", count(report.model().parameterCount()));
    values.put("stopped", report.history().stopped().orElse(""));
    values.put("summary", report.model().summary().stripTrailing());
    values.put("classes", classes());
    values.put("epoch_names", names());
    values.put("epochs", epochs());
    values.put("settings", settings());
    values.put("any_settings", !report.settings().isEmpty());
    values.put("steps", steps());
    values.put("any_steps", !report.nextSteps().isEmpty());
    return values;
  }

  /** What the model was compiled to count, or else what its verdicts come to. */
  private double accuracy() {
    Double measured = report.test().evaluation().metrics().get("accuracy");
    return measured == null ? (double) verdicts.rightCount() / verdicts.count() : measured;
  }

  private List<Map<String, Object>> figures() {
    Evaluation evaluation = report.test().evaluation();
    History history = report.history();
    List<Map<String, Object>> figures = new ArrayList<>();
    figures.add(pair("test loss", number(evaluation.loss())));
    evaluation
        .metrics()
        .forEach((name, value) -> figures.add(pair("test " + words(name), number(value))));
    figures.add(pair("epochs", count(history.epochs())));
    double seconds = history.secondsPerEpoch().stream().mapToDouble(Double::doubleValue).sum();
    figures.add(pair("training time", duration(seconds)));
    figures.add(pair("parameters", count(report.model().parameterCount())));
    return figures;
  }

  private List<Map<String, Object>> classes() {
    return verdicts.byClass().stream()
        .map(
            one ->
                Map.<String, Object>of(
                    "name", one.name(),
                    "right", count(one.right()),
                    "total", count(one.total()),
                    "share", one.total() == 0 ? "–" : percent(one.share()),
                    "width", String.format(Locale.ROOT, "%.1f%%", one.share() * 100)))
        .toList();
  }

  private List<String> names() {
    return report.history().metrics().keySet().stream().map(ReportPage::words).toList();
  }

  private List<Map<String, Object>> epochs() {
    History history = report.history();
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int i = 0; i < history.epochs(); i++) {
      List<String> numbers = new ArrayList<>();
      for (List<Double> values : history.metrics().values()) {
        numbers.add(i < values.size() ? number(values.get(i)) : "–");
      }
      double seconds = history.secondsPerEpoch().get(i);
      rows.add(
          Map.of(
              "epoch",
              count(i + 1),
              "seconds",
              String.format(Locale.ROOT, "%.1f s", seconds),
              "numbers",
              numbers));
    }
    return rows;
  }

  private List<Map<String, Object>> settings() {
    List<Map<String, Object>> rows = new ArrayList<>();
    report.settings().forEach((name, value) -> rows.add(pair(words(name), value)));
    return rows;
  }

  private List<Map<String, Object>> steps() {
    return report.nextSteps().stream()
        .map(step -> pair(step.label(), step.command().stripTrailing()))
        .toList();
  }

  private static Map<String, Object> pair(String name, Object value) {
    return Map.of("name", name, "value", value.toString());
  }

  /** "val_accuracy" in a person's words: "validation accuracy". */
  private static String words(String name) {
    String whole =
        name.startsWith(HistoryChart.VALIDATION)
            ? "validation " + name.substring(HistoryChart.VALIDATION.length())
            : name;
    return Visible.of(whole).replace('_', ' ');
  }

  private static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static String number(double value) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, "%.4f", value) : "not a number";
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", share * 100);
  }

  private static String duration(double seconds) {
    long whole = Math.round(seconds);
    if (whole < 60) {
      return String.format(Locale.ROOT, "%.1f s", seconds);
    }
    return whole < 3600
        ? "%d min %02d s".formatted(whole / 60, whole % 60)
        : "%d h %02d min".formatted(whole / 3600, whole / 60 % 60);
  }
}
