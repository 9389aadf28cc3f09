package kerava.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HistoryChartTest {
  private static final int WIDTH = 920;
  private static final int HEIGHT = 660;

  @Test
  void drawsAChartForEachMetric() throws IOException {
    BufferedImage chart = chart(Example.history().metrics());
    assertEquals(2 * WIDTH, chart.getWidth());
    assertEquals(HEIGHT, chart.getHeight());
    for (int left : new int[] {0, WIDTH}) {
      BufferedImage part = chart.getSubimage(left, 0, WIDTH, HEIGHT);
      assertTrue(count(part, Canvas.BLUE) > 500, "training");
      assertTrue(count(part, Canvas.VERMILION) > 500, "validation");
    }
    Map<String, List<Double>> three =
        Map.of("loss", List.of(1.0), "accuracy", List.of(0.5), "top_5", List.of(0.75));
    assertEquals(2 * HEIGHT, chart(three).getHeight());
  }

  @Test
  void drawsNoValidationWhereThereWasNone() throws IOException {
    BufferedImage chart = chart(Map.of("loss", List.of(1.0, 0.5)));
    assertEquals(WIDTH, chart.getWidth());
    assertTrue(count(chart, Canvas.BLUE) > 500);
    assertEquals(0, count(chart, Canvas.VERMILION));
  }

  @Test
  void tellsTheLinesApartWithoutColour() throws IOException {
    BufferedImage chart =
        chart(
            Map.of(
                "loss", Collections.nCopies(60, 0.25),
                "val_loss", Collections.nCopies(60, 0.75)));
    assertEquals(1, mostRuns(chart, Canvas.BLUE), "a line without gaps");
    int dashes = mostRuns(chart, Canvas.VERMILION);
    assertTrue(dashes > 20, dashes + " dashes");
  }

  @Test
  void putsWhatIsLowerFurtherDown() throws IOException {
    BufferedImage chart =
        chart(
            Map.of(
                "loss", Collections.nCopies(60, 0.25),
                "val_loss", Collections.nCopies(60, 0.75)));
    assertTrue(firstRow(chart, Canvas.BLUE) > firstRow(chart, Canvas.VERMILION) + 200);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 9, 10, 11, 40, 41, 100, 1000})
  void takesAnyNumberOfEpochs(int epochs) throws IOException {
    List<Double> falling = new ArrayList<>();
    for (int i = 0; i < epochs; i++) {
      falling.add(2.0 / (i + 1));
    }
    assertTrue(count(chart(Map.of("loss", falling)), Canvas.BLUE) > 50);
  }

  @Test
  void leavesAGapWhereThereIsNoNumber() throws IOException {
    List<Double> whole = Collections.nCopies(60, 0.5);
    List<Double> broken = new ArrayList<>(whole);
    broken.set(30, Double.NaN);
    broken.set(59, Double.POSITIVE_INFINITY);
    int all = count(chart(Map.of("loss", whole)), Canvas.BLUE);
    int some = count(chart(Map.of("loss", broken)), Canvas.BLUE);
    assertTrue(some < all && some > all / 2, some + " of " + all);
    assertEquals(HEIGHT, chart(Map.of("loss", List.of(Double.NaN, Double.NaN))).getHeight());
  }

  @Test
  void saysMetricsInWords() {
    assertEquals("Top k accuracy", HistoryChart.title("top_k_accuracy"));
    assertEquals("", HistoryChart.title(""));
  }

  private static BufferedImage chart(Map<String, List<Double>> metrics) throws IOException {
    return Example.image(new HistoryChart(Typeface.load()).draw(Example.history(metrics)));
  }

  private static int count(BufferedImage image, Color color) {
    int count = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        count += image.getRGB(x, y) == color.getRGB() ? 1 : 0;
      }
    }
    return count;
  }

  /** The most pieces of a colour in one row above the legend. */
  private static int mostRuns(BufferedImage image, Color color) {
    int most = 0;
    for (int y = 0; y < image.getHeight() * 3 / 4; y++) {
      int runs = 0;
      for (int x = 1; x < image.getWidth(); x++) {
        boolean starts =
            image.getRGB(x, y) == color.getRGB() && image.getRGB(x - 1, y) != color.getRGB();
        runs += starts ? 1 : 0;
      }
      most = Math.max(most, runs);
    }
    return most;
  }

  private static int firstRow(BufferedImage image, Color color) {
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        if (image.getRGB(x, y) == color.getRGB()) {
          return y;
        }
      }
    }
    return -1;
  }
}
