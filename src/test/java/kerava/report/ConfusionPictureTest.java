package kerava.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import kerava.data.Dataset;
import kerava.graph.Array;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ConfusionPictureTest {
  private static final int FAULTLESS = 0xff08306b;

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 10, 12, 13, 20, 21, 50, 51, 100})
  void drawsADarkDiagonal(int classes) throws IOException {
    BufferedImage picture = picture(classes, true);
    assertTrue(picture.getWidth() < 3000 && picture.getHeight() < 3000);
    List<Integer> heights = darkHeights(picture);
    int field = heights.size() / classes;
    assertTrue(field >= 20 && field <= 96, field + " pixels a field");
    List<Integer> sorted = heights.stream().sorted().toList();
    assertEquals(sorted, heights, "from the upper left to the lower right");
    int side = heights.get(heights.size() - 1) - heights.get(0) + field;
    assertEquals(side, heights.size(), classes * 2.0, "as wide as high");
    assertEquals(classes, heights.stream().distinct().count(), "a field a class");
  }

  @Test
  void drawsMistakesBesideTheDiagonal() throws IOException {
    int all = darkHeights(picture(10, true)).size();
    int half = darkHeights(picture(10, false)).size();
    assertEquals(all / 2.0, half, 10, "only the first five verdicts were ever given");
  }

  @Test
  void dropsNumbersBeyondTwentyClasses() throws IOException {
    assertTrue(coloursOfFirstField(20).size() > 5, "letters have soft edges");
    assertEquals(Set.of(FAULTLESS), coloursOfFirstField(21));
  }

  private static Set<Integer> coloursOfFirstField(int classes) throws IOException {
    BufferedImage picture = picture(classes, true);
    for (int y = 0; y < picture.getHeight(); y++) {
      for (int x = 0; x < picture.getWidth(); x++) {
        if (picture.getRGB(x, y) == FAULTLESS) {
          Set<Integer> colours = new HashSet<>();
          int side = classes <= 20 ? 66 : 26;
          for (int i = 4 * side; i < side * (side - 4); i++) {
            colours.add(picture.getRGB(x + 2 + i % (side - 4), y + 2 + i / side));
          }
          return colours;
        }
      }
    }
    return Set.of();
  }

  /** Every class once, recognised or taken for the next one. */
  private static BufferedImage picture(int classes, boolean right) throws IOException {
    int[] labels = IntStream.range(0, classes).toArray();
    float[] predictions = new float[classes * classes];
    for (int i = 0; i < classes; i++) {
      predictions[i * classes + (right ? i : i / 2)] = 1;
    }
    TestRun run =
        new TestRun(
            Dataset.of(Array.of(new byte[classes], classes, 1), Array.of(labels, classes)),
            Array.of(predictions, classes, classes),
            Example.test().evaluation());
    return Example.image(new ConfusionPicture(Typeface.load(), Verdicts.of(run)).draw());
  }

  /** How far down a share of 100 % first is, for each column of pixels that has one. */
  private static List<Integer> darkHeights(BufferedImage picture) {
    List<Integer> heights = new ArrayList<>();
    for (int x = 0; x < picture.getWidth(); x++) {
      // The key stands below.
      for (int y = 0; y < picture.getHeight() - 100; y++) {
        if (picture.getRGB(x, y) == FAULTLESS) {
          heights.add(y);
          break;
        }
      }
    }
    return heights;
  }
}
