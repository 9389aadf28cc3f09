package kerava.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import kerava.config.Listed;
import kerava.train.History;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.CategorySeries;
import org.knowm.xchart.CategorySeries.CategorySeriesRenderStyle;
import org.knowm.xchart.style.CategoryStyler;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The curves of a training run: a chart for the loss and for each metric, two in a row. */
final class HistoryChart {
  /** What validation metrics are called in a history, before the name of the metric. */
  static final String VALIDATION = "val_";

  private static final int WIDTH = 460;
  private static final int HEIGHT = 330;

  /** What is left of the width for the lines, about. */
  private static final double PLOT_WIDTH = 375;

  /** More epochs than this and markers would cover the lines. */
  private static final int MOST_MARKERS = 40;

  private static final int MOST_EPOCHS_NAMED = 10;

  /** A longer title would be wider than its chart. */
  private static final int MOST_LETTERS = 40;

  private final Typeface typeface;

  HistoryChart(Typeface typeface) {
    this.typeface = typeface;
  }

  /** The names that get a chart of their own: those of training metrics. */
  static List<String> metrics(History history) {
    return history.metrics().keySet().stream()
        .filter(name -> !name.startsWith(VALIDATION))
        .toList();
  }

  /** Draws the charts of a history of at least one epoch. */
  byte[] draw(History history) throws IOException {
    List<String> metrics = metrics(history);
    int columns = Math.min(2, metrics.size());
    int rows = (metrics.size() + 1) / 2;
    try (Canvas canvas = new Canvas((double) columns * WIDTH, (double) rows * HEIGHT)) {
      for (int i = 0; i < metrics.size(); i++) {
        Graphics2D part =
            (Graphics2D) canvas.graphics().create(i % 2 * WIDTH, i / 2 * HEIGHT, WIDTH, HEIGHT);
        chart(history, metrics.get(i)).paint(part, WIDTH, HEIGHT);
        part.dispose();
      }
      return canvas.png();
    }
  }

  private CategoryChart chart(History history, String metric) {
    CategoryChart chart =
        new CategoryChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(title(metric))
            .xAxisTitle("epoch")
            .build();
    style(chart.getStyler());
    nameEpochs(chart.getStyler(), history.epochs());
    List<Double> training = history.get(metric);
    BasicStroke solid = new BasicStroke(2.2f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
    BasicStroke dashed =
        new BasicStroke(
            2.2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, new float[] {7, 4}, 0);
    line(chart, "training", training, new Look(Canvas.BLUE, solid, SeriesMarkers.CIRCLE));
    List<Double> validation = history.metrics().get(VALIDATION + metric);
    if (validation != null) {
      line(
          chart,
          "validation",
          validation,
          new Look(Canvas.VERMILION, dashed, SeriesMarkers.DIAMOND));
    }
    scale(chart.getStyler(), training, validation == null ? List.of() : validation);
    chart.getStyler().setLegendVisible(validation != null);
    return chart;
  }

  /** "top_k_accuracy" in a person's words: "Top k accuracy". */
  static String title(String metric) {
    String words = Listed.cut(metric.replace('_', ' '), MOST_LETTERS);
    int first = words.offsetByCodePoints(0, Math.min(1, words.length()));
    return words.substring(0, first).toUpperCase(Locale.ROOT) + words.substring(first);
  }

  private record Look(Color color, BasicStroke stroke, Marker marker) {}

  private static void line(CategoryChart chart, String name, List<Double> values, Look look) {
    List<Integer> epochs = IntStream.rangeClosed(1, values.size()).boxed().toList();
    // XChart leaves a gap where there is no number.
    List<Double> numbers =
        new ArrayList<>(
            values.stream().map(value -> Double.isFinite(value) ? value : Double.NaN).toList());
    CategorySeries series = chart.addSeries(name, epochs, numbers);
    series.setLineColor(look.color());
    series.setLineStyle(look.stroke());
    series.setMarkerColor(look.color());
    series.setMarker(values.size() > MOST_MARKERS ? SeriesMarkers.NONE : look.marker());
  }

  private void style(CategoryStyler styler) {
    styler.setDefaultSeriesRenderStyle(CategorySeriesRenderStyle.Line);
    styler.setChartTitleFont(typeface.bold(15));
    styler.setChartTitleBoxVisible(false);
    styler.setLegendFont(typeface.plain(12));
    styler.setLegendPosition(LegendPosition.OutsideS);
    styler.setLegendLayout(LegendLayout.Horizontal);
    styler.setLegendBorderColor(Color.WHITE);
    styler.setAxisTitleFont(typeface.plain(12));
    styler.setAxisTickLabelsFont(typeface.plain(11));
    styler.setAxisTickLabelsColor(Canvas.INK);
    styler.setChartFontColor(Canvas.INK);
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setPlotBackgroundColor(Color.WHITE);
    styler.setPlotBorderVisible(false);
    styler.setPlotGridLinesColor(Canvas.GRID);
    styler.setPlotGridLinesStroke(new BasicStroke(1));
    styler.setPlotGridVerticalLinesVisible(false);
    styler.setMarkerSize(7);
    // Or XChart would draw the lines side by side, as it does bars.
    styler.setOverlapped(true);
    styler.setPlotMargin(0);
  }

  /** Names every epoch, or as many of them as there is room for, at equal distances. */
  private static void nameEpochs(CategoryStyler styler, int epochs) {
    // XChart leaves out as many as it takes for the others to be at least so many pixels apart.
    styler.setXAxisTickMarkSpacingHint((int) ((step(epochs) - 0.5) * PLOT_WIDTH / epochs));
  }

  /** 1, 2, 5, 10, 20, 50 and so on: whichever names few enough. */
  private static int step(int epochs) {
    int decade = 1;
    while (epochs > decade * 10 * MOST_EPOCHS_NAMED) {
      decade *= 10;
    }
    int[] steps = {decade, 2 * decade, 5 * decade, 10 * decade};
    return IntStream.of(steps)
        .filter(step -> epochs <= step * MOST_EPOCHS_NAMED)
        .min()
        .orElseThrow();
  }

  /** From a little below the lowest value to a little above the highest. */
  private static void scale(CategoryStyler styler, List<Double> some, List<Double> more) {
    double[] values =
        DoubleStream.concat(
                some.stream().mapToDouble(Double::doubleValue),
                more.stream().mapToDouble(Double::doubleValue))
            .filter(Double::isFinite)
            .toArray();
    double low = DoubleStream.of(values).min().orElse(0);
    double high = DoubleStream.of(values).max().orElse(1);
    double margin = high > low ? (high - low) * 0.06 : Math.max(Math.abs(high) * 0.1, 1e-3);
    styler.setYAxisDecimalPattern(high - low < 0.1 ? "0.0000" : "0.00");
    styler.setYAxisMin(low >= 0 ? Math.max(0, low - margin) : low - margin);
    // An accuracy is never above 1, and neither should its axis be.
    styler.setYAxisMax(high <= 1 && low >= 0 ? Math.min(1, high + margin) : high + margin);
  }
}
