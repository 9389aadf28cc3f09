package kerava.report;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import kerava.Input;
import kerava.Model;
import kerava.Sequential;
import kerava.data.Dataset;
import kerava.graph.Array;
import kerava.layers.Dense;
import kerava.layers.Flatten;
import kerava.train.Evaluation;
import kerava.train.History;

/** A small run: six grey images of three classes, the last two of them taken for others. */
final class Example {
  static final int SAMPLES = 6;
  static final int CLASSES = 3;

  private Example() {}

  static TrainingReport report() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("model", "cnn");
    settings.put("learning_rate", 0.001);
    settings.put("epochs", 2);
    return TrainingReport.of(model(), history(), test())
        .title("A small run")
        .settings(settings)
        .nextSteps(List.of(new NextStep("Look", "./kerava predict model.keras cat.png")));
  }

  static Model model() {
    return Sequential.of(Input.of(4, 4, 3), Flatten.of(), Dense.of(CLASSES));
  }

  static History history() {
    return history(
        Map.of(
            "loss", List.of(1.5, 1.0),
            "accuracy", List.of(0.5, 0.625),
            "val_loss", List.of(1.25, 0.75),
            "val_accuracy", List.of(0.375, 0.5)));
  }

  static History history(Map<String, List<Double>> metrics) {
    int epochs = metrics.values().iterator().next().size();
    return new History(new TreeMap<>(metrics), Collections.nCopies(epochs, 1.5));
  }

  static TestRun test() {
    return new TestRun(
        samples(),
        Array.of(
            new float[] {
              0.8f, 0.1f, 0.1f, //
              0.1f, 0.7f, 0.2f, //
              0.0f, 0.1f, 0.9f, //
              0.5f, 0.3f, 0.2f, //
              0.4f, 0.35f, 0.25f, //
              0.05f, 0.9f, 0.05f
            },
            SAMPLES,
            CLASSES),
        new Evaluation(0.875, Map.of("accuracy", 0.75)));
  }

  static Dataset samples() {
    byte[] pixels = new byte[SAMPLES * 4 * 4 * 3];
    Arrays.fill(pixels, (byte) 0x80);
    return Dataset.of(
        Array.of(pixels, SAMPLES, 4, 4, 3), Array.of(new int[] {0, 1, 2, 0, 1, 2}, SAMPLES));
  }

  static BufferedImage image(byte[] png) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(png));
  }

  /** Writes the example; a JVM of its own calls it, with a folder as argument. */
  public static void main(String[] arguments) throws IOException {
    report().writeTo(Path.of(arguments[0]));
  }
}
