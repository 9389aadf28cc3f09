package kerava.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kerava.Model;
import kerava.config.Visible;
import kerava.data.Dataset;
import kerava.train.History;
import org.tensorflow.ndarray.Shape;

/**
 * What there is to say and to show about a training run of a model that tells classes apart.
 *
 * <pre>{@code
 * TrainingReport.of(model, history, new TestRun(cifar.test(), predictions, evaluation))
 *     .samples(cifar.train())
 *     .settings(Map.of("epochs", 10, "batch_size", 32))
 *     .writeTo(Path.of("savedmodels/cifar10_cnn.report"));
 * }</pre>
 *
 * @param title the heading of the page; the default is the name of the model
 * @param model the trained model
 * @param history what training reported
 * @param test what the trained model made of the samples it was tested on
 * @param samples where the pictures of the data set come from; the default is the samples of the
 *     test
 * @param settings what the run was made with, by name, in the order to show it: strings, finite
 *     numbers and booleans; the default is none
 * @param nextSteps what to do with the model now; the default is nothing
 */
public record TrainingReport(
    String title,
    Model model,
    History history,
    TestRun test,
    Dataset samples,
    Map<String, Object> settings,
    List<NextStep> nextSteps) {
  /** The file of a report that holds one test image as it is, to predict with. */
  public static final String PICTURE = "picture.png";

  private static final Set<String> FILES =
      Set.of(
          ReportFiles.PAGE,
          ReportFiles.NUMBERS,
          ReportFiles.CURVES,
          ReportFiles.SAMPLES,
          PICTURE,
          ReportFiles.PREDICTIONS,
          ReportFiles.MISTAKES,
          ReportFiles.CONFUSION);

  /**
   * A report.
   *
   * @throws IllegalArgumentException if a setting is neither a string, nor a boolean, nor a finite
   *     number
   */
  public TrainingReport {
    settings.forEach(TrainingReport::checkSetting);
    settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    nextSteps = List.copyOf(nextSteps);
  }

  private static void checkSetting(String name, Object value) {
    boolean fits =
        value instanceof String
            || value instanceof Boolean
            || (value instanceof Number number && Double.isFinite(number.doubleValue()));
    if (!fits) {
      throw new IllegalArgumentException(
          Visible.of(
              "TrainingReport: expected a string, a boolean or a finite number as setting \"%s\", got %s."
                  .formatted(name, value)));
    }
  }

  /** A report of a run, under the model's name. */
  public static TrainingReport of(Model model, History history, TestRun test) {
    return new TrainingReport(
        model.name(), model, history, test, test.samples(), Map.of(), List.of());
  }

  /** The same report under another heading. */
  public TrainingReport title(String text) {
    return new TrainingReport(text, model, history, test, samples, settings, nextSteps);
  }

  /** The same report with pictures of other samples, such as those trained on. */
  public TrainingReport samples(Dataset shown) {
    return new TrainingReport(title, model, history, test, shown, settings, nextSteps);
  }

  /**
   * The same report with the settings of the run.
   *
   * @throws IllegalArgumentException if a setting is neither a string, nor a boolean, nor a finite
   *     number
   */
  public TrainingReport settings(Map<String, ?> values) {
    return new TrainingReport(
        title, model, history, test, samples, new LinkedHashMap<>(values), nextSteps);
  }

  /** The same report with commands to go on with. */
  public TrainingReport nextSteps(List<NextStep> steps) {
    return new TrainingReport(title, model, history, test, samples, settings, steps);
  }

  /**
   * Copies a report to another folder.
   *
   * @param from a folder that {@link #writeTo} wrote
   * @param to is made, or replaced if it holds an earlier report; never left half written
   * @throws java.nio.file.FileAlreadyExistsException if the folder holds anything but an earlier
   *     report
   * @throws IOException if reading or writing fails
   */
  public static void copy(Path from, Path to) throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (String name : FILES) {
      Path file = from.resolve(name);
      if (Files.isRegularFile(file)) {
        files.put(name, Files.readAllBytes(file));
      }
    }
    new ReportFolder(to, FILES).write(files);
  }

  /** Whether samples of a shape can be shown, so that a report of them holds pictures. */
  public static boolean shows(Shape sample) {
    return Pixels.areImages(sample);
  }

  /**
   * Makes sure, before hours of training, that a report could be written to a folder.
   *
   * @throws java.nio.file.FileAlreadyExistsException if the folder holds anything but an earlier
   *     report
   * @throws IOException if it cannot be looked into
   */
  public static void checkFolder(Path folder) throws IOException {
    new ReportFolder(folder, FILES).check();
  }

  /**
   * Writes {@code report.html}, a page that needs no other file, {@code history.json}, and the
   * page's pictures: {@code history.png}, {@code samples.png}, {@code predictions.png}, {@code
   * mistakes.png} and {@code confusion.png}, and {@code picture.png}, one test image as it is. A
   * picture for which there is nothing to show is left out: of samples that are no images, of
   * mistakes if there are none, of a history without epochs.
   *
   * @param folder is made, or replaced if it holds an earlier report; never left half written
   * @throws java.nio.file.FileAlreadyExistsException if the folder holds anything but an earlier
   *     report
   * @throws IOException if writing or reading samples fails, or if Java cannot draw text on this
   *     machine
   * @throws IllegalArgumentException if a label is not one of the classes that the model predicts
   */
  public void writeTo(Path folder) throws IOException {
    ReportFolder target = new ReportFolder(folder, FILES);
    target.check();
    try {
      target.write(ReportFiles.of(this));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
