package kerava.saving;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import kerava.ClassScore;
import kerava.Model;
import kerava.graph.Array;
import kerava.graph.Weights;
import kerava.saving.savedmodel.StringTensors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Tensor;

/** The signatures of an exported model that name classes. */
final class ClassifySignaturesTest {
  private static final Model MODEL = SeedModel.model();
  private static final Weights WEIGHTS = SeedModel.weights(MODEL, 7);

  @TempDir static Path base;

  @BeforeAll
  static void export() throws IOException {
    SavedModels.export(
        MODEL, WEIGHTS, base, ExportOptions.defaults().classNames(SeedModel.CLASSES).topK(3));
  }

  @Test
  void classifiesFloatsBytesAndFilesAlike() throws IOException {
    List<byte[]> raw = List.of(SeedImages.bytes(0), SeedImages.bytes(1));
    List<byte[]> files = List.of(png(SeedImages.bytes(0), 32), png(SeedImages.bytes(1), 32));
    float[] scores = SeedModel.predict(MODEL, WEIGHTS, SeedImages.images(0, 2)).floats();
    try (LoadedModel loaded = LoadedModel.open(base)) {
      List<List<ClassScore>> best = loaded.classify(SeedImages.images(0, 2));
      assertEquals(2, best.size());
      for (int i = 0; i < 2; i++) {
        assertEquals(3, best.get(i).size());
        for (int k = 0; k < 3; k++) {
          ClassScore score = best.get(i).get(k);
          int index = SeedModel.CLASSES.indexOf(score.name());
          assertEquals(scores[10 * i + index], score.score(), 1e-6);
          assertEquals(k, rank(scores, 10 * i, index));
        }
      }
      assertSame(best, loaded.classify(files));
      try (Tensor strings = StringTensors.tensor(raw);
          ModelOutputs outputs = loaded.run("classify_bytes", Map.of("image_bytes", strings))) {
        assertEquals(
            best.stream().flatMap(List::stream).map(ClassScore::name).toList(),
            outputs.texts("classes"));
      }
      assertEquals(SeedModel.CLASSES, loaded.classNames());
    }
  }

  private static void assertSame(List<List<ClassScore>> expected, List<List<ClassScore>> actual) {
    assertEquals(expected.size(), actual.size());
    for (int i = 0; i < expected.size(); i++) {
      for (int k = 0; k < expected.get(i).size(); k++) {
        assertEquals(expected.get(i).get(k).name(), actual.get(i).get(k).name());
        assertEquals(expected.get(i).get(k).score(), actual.get(i).get(k).score(), 1e-6);
      }
    }
  }

  /** How many classes of a sample score better than one. */
  private static int rank(float[] scores, int start, int index) {
    int better = 0;
    for (int i = start; i < start + 10; i++) {
      better += scores[i] > scores[start + index] ? 1 : 0;
    }
    return better;
  }

  private static byte[] png(byte[] pixels, int side) throws IOException {
    BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < side * side; i++) {
      int red = pixels[3 * i] & 255;
      int green = pixels[3 * i + 1] & 255;
      image.setRGB(i % side, i / side, (red << 16) | (green << 8) | (pixels[3 * i + 2] & 255));
    }
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    ImageIO.write(image, "png", file);
    return file.toByteArray();
  }

  @Test
  void resizesImageFiles() throws IOException {
    byte[] gray = new byte[64 * 64 * 3];
    java.util.Arrays.fill(gray, (byte) 90);
    float[] values = new float[SeedImages.PIXELS];
    java.util.Arrays.fill(values, 90 / 255f);
    try (LoadedModel loaded = LoadedModel.open(base)) {
      assertSame(
          loaded.classify(Array.of(values, 1, 32, 32, 3)), loaded.classify(List.of(png(gray, 64))));
    }
  }

  @Test
  void refusesBytesOfAnotherSizeAndFilesThatAreNoImages() throws IOException {
    try (LoadedModel loaded = LoadedModel.open(base);
        Tensor small = StringTensors.tensor(List.of(new byte[3000]))) {
      Exception e =
          assertThrows(
              IllegalArgumentException.class,
              () -> loaded.run("classify_bytes", Map.of("image_bytes", small)));
      assertTrue(e.getMessage().contains("3072"), e.getMessage());
      assertThrows(
          IllegalArgumentException.class,
          () -> loaded.classify(List.of("no image".getBytes(UTF_8))));
    }
  }
}
