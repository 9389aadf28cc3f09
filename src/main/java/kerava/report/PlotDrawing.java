package kerava.report;

import java.util.Locale;
import kerava.Model;
import kerava.WeightSpec;
import kerava.config.Visible;
import org.apache.commons.text.StringEscapeUtils;

/** Writes a picture as SVG. */
final class PlotDrawing {
  private static final double MARGIN = 24;
  private static final double HEADING = 52;
  private static final String STYLE =
      """
      text{font-size:12px;fill:#1d2733;font-family:"DejaVu Sans",Verdana,Arial,sans-serif}
      .h{font-size:18px;font-weight:bold}.q{fill:#5b6472}.n{font-weight:bold}
      .b{fill:#fff;stroke:#b9c2cf}.f{fill:#f4f6f9;stroke:#9aa5b4}.g{fill:#fff;stroke:#b9c2cf;stroke-dasharray:3 3}
      .r{stroke:#e4e8ee}.l{fill:none;stroke:#5b6472;stroke-width:1.4}.e{text-anchor:end}.i{font-style:italic}
      """;

  private final StringBuilder out = new StringBuilder();

  /** A whole document. */
  String document(Model model, PlotLayout layout) {
    String facts = facts(model);
    String name = Visible.of(model.name());
    double heading = Math.max(name.length() * 12.0, facts.length() * 7.3);
    double width = Math.max(layout.width(), heading) + 2 * MARGIN;
    double height = layout.height() + HEADING + 2 * MARGIN;
    add(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%.0f\" height=\"%.0f\""
            + " viewBox=\"0 0 %.0f %.0f\" role=\"img\">\n",
        width, height, width, height);
    out.append("<title>").append(text(name)).append("</title>\n");
    out.append("<style>").append(STYLE).append("</style>\n");
    out.append(
        "<defs><marker id=\"arrow\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"7\""
            + " markerHeight=\"7\" orient=\"auto\"><path d=\"M0 0 8 4 0 8z\""
            + " fill=\"#5b6472\"/></marker></defs>\n");
    out.append("<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n");
    words("h", MARGIN, MARGIN + 14, name);
    words("q", MARGIN, MARGIN + 34, facts);
    draw(layout, MARGIN, MARGIN + HEADING);
    return out.append("</svg>\n").toString();
  }

  private static String facts(Model model) {
    long trained =
        model.trainableWeights().stream().map(WeightSpec::shape).mapToLong(s -> s.size()).sum();
    long all = model.parameterCount();
    return String.format(
        Locale.ROOT,
        "%s of %,d layers, %,d parameters, %s of them trained",
        model.kind().className(),
        model.layers().size(),
        all,
        trained == all ? "all" : String.format(Locale.ROOT, "%,d", trained));
  }

  private void draw(PlotLayout layout, double x, double y) {
    add("<g transform=\"translate(%.1f %.1f)\">\n", x, y);
    for (PlotLine line : layout.lines()) {
      out.append("<path class=\"l\" marker-end=\"url(#arrow)\" d=\"")
          .append(line.path())
          .append("\"/>\n");
    }
    layout.boxes().forEach(box -> draw(box, layout.columns()));
    out.append("</g>\n");
  }

  private void draw(PlotBox box, PlotColumns columns) {
    String kind = box.ghost() ? "g" : box.inner().isPresent() ? "f" : "b";
    add(
        "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" rx=\"4\"/>\n",
        kind, box.left(), box.top(), box.width(), box.height());
    for (int i = 0; i < box.rows().size(); i++) {
      double top = box.top() + i * PlotBox.ROW;
      if (i > 0) {
        add("<path class=\"r\" d=\"M%.1f %.1fH%.1f\"/>\n", box.left() + 5, top, box.right() - 1);
      }
      draw(box, box.rows().get(i), top, columns);
    }
    box.inner().ifPresent(inner -> draw(inner, box.innerX(), box.innerY()));
  }

  private void draw(PlotBox box, PlotRow row, double top, PlotColumns columns) {
    double left = box.left();
    double line = top + 15;
    if (box.ghost()) {
      words("q i", left + PlotColumns.PAD, line, "from " + PlotColumns.cut(row.name()));
      return;
    }
    out.append("<g><title>").append(text(row.details())).append("</title>\n");
    add(
        "<rect x=\"%.1f\" y=\"%.1f\" width=\"4\" height=\"%.1f\" fill=\"%s\"/>\n",
        left + 1, top + 2, PlotBox.ROW - 4, row.kind().colour());
    words("n", left + PlotColumns.PAD, line, PlotColumns.cut(row.name()));
    words("q", left + columns.classStart(), line, PlotColumns.cut(row.className()));
    words("e", left + columns.shapeEnd(), line, PlotColumns.cut(row.shape()));
    words("q e", left + columns.parametersEnd(), line, row.parameters());
    out.append("</g>\n");
  }

  private void words(String kind, double x, double y, String words) {
    if (!words.isEmpty()) {
      add("<text class=\"%s\" x=\"%.1f\" y=\"%.1f\">", kind, x, y);
      out.append(text(words)).append("</text>\n");
    }
  }

  private void add(String format, Object... values) {
    out.append(String.format(Locale.ROOT, format, values));
  }

  /** A text that may stand in XML, whatever is in it. */
  private static String text(String words) {
    return StringEscapeUtils.escapeXml10(Visible.lines(words));
  }
}
