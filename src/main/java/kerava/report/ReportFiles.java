package kerava.report;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import kerava.data.Dataset;
import kerava.data.StratifiedOrder;
import kerava.graph.Array;

/** Makes the contents of a report's files. */
final class ReportFiles {
  static final String PAGE = "report.html";
  static final String NUMBERS = "history.json";
  static final String CURVES = "history.png";
  static final String SAMPLES = "samples.png";
  static final String PREDICTIONS = "predictions.png";
  static final String MISTAKES = "mistakes.png";
  static final String CONFUSION = "confusion.png";

  private static final int IMAGES = 25;
  private static final int MISTAKEN_IMAGES = 10;
  private static final long SEED = 1;

  private final TrainingReport report;
  private final Verdicts verdicts;
  private final Typeface typeface;

  private ReportFiles(TrainingReport report) throws IOException {
    this.report = report;
    this.verdicts = Verdicts.of(report.test());
    this.typeface = Typeface.load();
  }

  /** All files of a report by name. */
  static Map<String, byte[]> of(TrainingReport report) throws IOException {
    return new ReportFiles(report).files();
  }

  private Map<String, byte[]> files() throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    if (report.history().epochs() > 0 && !report.history().metrics().isEmpty()) {
      files.put(CURVES, new HistoryChart(typeface).draw(report.history()));
    }
    files.put(CONFUSION, new ConfusionPicture(typeface, verdicts).draw());
    Dataset test = report.test().samples();
    if (Pixels.areImages(test.inputShape())) {
      files.put(PREDICTIONS, predictions(title(test), some(test, verdicts.count())));
      if (test.size() > 0) {
        files.put(TrainingReport.PICTURE, png(Pixels.read(test, new int[] {0}).get(0)));
      }
      int[] mistakes = verdicts.mistakes(MISTAKEN_IMAGES);
      if (mistakes.length > 0) {
        files.put(MISTAKES, predictions("Wrong and sure of it", mistakes));
      }
    }
    if (Pixels.areImages(report.samples().inputShape()) && report.samples().size() > 0) {
      files.put(SAMPLES, samples());
    }
    files.put(NUMBERS, HistoryJson.of(report));
    files.put(PAGE, ReportPage.of(report, verdicts, files));
    return files;
  }

  private static byte[] png(BufferedImage image) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, "png", bytes);
    return bytes.toByteArray();
  }

  private static String title(Dataset test) {
    return test.orderedByClass() ? "Some test images" : "The first test images";
  }

  /** The first samples, or some of all classes where the data lie class after class. */
  private static int[] some(Dataset data, int count) {
    int[] all = IntStream.range(0, count).toArray();
    return data.orderedByClass()
        ? StratifiedOrder.of(data.labels(all), SEED).first(IMAGES)
        : Arrays.copyOf(all, Math.min(count, IMAGES));
  }

  private byte[] samples() throws IOException {
    Dataset shown = report.samples();
    int[] indices = some(shown, shown.size());
    Array labels = shown.labels(indices);
    List<ImageGrid.Tile> tiles = new ArrayList<>();
    List<BufferedImage> images = Pixels.read(shown, indices);
    for (int i = 0; i < indices.length; i++) {
      tiles.add(new ImageGrid.Tile(images.get(i), name(labels, i), "", Optional.empty()));
    }
    return new ImageGrid(typeface).draw("Images of the data set", tiles);
  }

  private String name(Array labels, int sample) {
    int classes = verdicts.classNames().size();
    int number =
        labels.type() == Array.Type.INT32
            ? labels.ints()[sample]
            : Verdicts.largest(labels.floats(), sample * classes, classes);
    return number >= 0 && number < classes ? verdicts.classNames().get(number) : "class " + number;
  }

  private byte[] predictions(String title, int[] indices) throws IOException {
    List<BufferedImage> images = Pixels.read(report.test().samples(), indices);
    List<ImageGrid.Tile> tiles = new ArrayList<>();
    for (int i = 0; i < indices.length; i++) {
      int sample = indices[i];
      boolean right = verdicts.right(sample);
      String verdict = verdicts.predicted(sample) + " " + percent(verdicts.probability(sample));
      String correction = right ? "" : "is: " + verdicts.truth(sample);
      tiles.add(new ImageGrid.Tile(images.get(i), verdict, correction, Optional.of(right)));
    }
    return new ImageGrid(typeface).draw(title, tiles);
  }

  /** A share without decimals, and never 100 % of what is not quite all. */
  static String percent(double share) {
    long rounded = Math.round(share * 100);
    if (rounded == 100 && share < 1) {
      return "> 99 %";
    }
    return String.format(Locale.ROOT, "%d %%", rounded);
  }
}
