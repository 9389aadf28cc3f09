package kerava.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tensorflow.ndarray.Shape;

final class ShapesTest {
  private static final int PICTURE = 32 * 32 * 3;

  @Test
  void drawsTenClassesInTurn() {
    Shapes shapes = Shapes.of(1, 25, 12);
    assertEquals(Shape.of(25, 32, 32, 3), shapes.train().inputs().shape());
    assertEquals(12, shapes.test().size());
    assertArrayEquals(
        new int[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1}, shapes.test().labels().ints());
    assertEquals(
        List.of(
            "arrow",
            "bar",
            "circle",
            "crescent",
            "cross",
            "heart",
            "ring",
            "square",
            "star",
            "triangle"),
        shapes.train().classNames());
    assertTrue(shapes.train().pixels());
    assertEquals("Shapes, drawn by the program from seed 1", shapes.source());
  }

  @Test
  void loadsTenThousand() {
    Shapes shapes = Shapes.load();
    assertEquals(10_000, shapes.train().size());
    assertEquals(2_000, shapes.test().size());
  }

  @Test
  void isTheSameOnEveryMachine() {
    Shapes shapes = Shapes.of(1, 1000, 200);
    assertEquals(0x51096d52, crc(shapes.train()));
    assertEquals(0x1dad6d9c, crc(shapes.test()));
  }

  @Test
  void differsFromSeedToSeed() {
    assertNotEquals(Shapes.of(1, 1, 1).train().inputs(), Shapes.of(2, 1, 1).train().inputs());
    assertNotEquals(Shapes.of(0, 1, 1).train().inputs(), Shapes.of(-1, 1, 1).train().inputs());
  }

  @Test
  void beginsAlikeWhateverItsSize() {
    assertEquals(
        Shapes.of(7, 10, 5).train().inputs(), Shapes.of(7, 100, 5).train().take(10).inputs());
  }

  @Test
  void sharesNoPictureBetweenTrainingAndTest() {
    Shapes shapes = Shapes.load();
    Set<ByteBuffer> seen = new HashSet<>();
    for (Dataset part : List.of(shapes.train(), shapes.test())) {
      byte[] pixels = part.inputs().bytes();
      for (int i = 0; i < part.size(); i++) {
        assertTrue(seen.add(ByteBuffer.wrap(pixels, i * PICTURE, PICTURE).slice()), "twice: " + i);
      }
    }
  }

  /** If the mean pictures of the classes told them apart, no convolution would be needed. */
  @Test
  void meanPicturesTellLittleOfTheClass() {
    Shapes shapes = Shapes.of(1, 4000, 1000);
    double[][] means = new double[10][PICTURE];
    byte[] train = shapes.train().inputs().bytes();
    for (int i = 0; i < train.length; i++) {
      means[i / PICTURE % 10][i % PICTURE] += (train[i] & 0xff) / 400.0;
    }
    int right = 0;
    byte[] test = shapes.test().inputs().bytes();
    for (int i = 0; i < 1000; i++) {
      if (nearest(means, Arrays.copyOfRange(test, i * PICTURE, (i + 1) * PICTURE)) == i % 10) {
        right++;
      }
    }
    assertTrue(right < 300, right + " of 1000 right");
  }

  private static int nearest(double[][] means, byte[] picture) {
    int best = 0;
    double least = Double.MAX_VALUE;
    for (int label = 0; label < means.length; label++) {
      double distance = 0;
      for (int i = 0; i < picture.length; i++) {
        double difference = means[label][i] - (picture[i] & 0xff);
        distance += difference * difference;
      }
      if (distance < least) {
        least = distance;
        best = label;
      }
    }
    return best;
  }

  @ParameterizedTest
  @EnumSource
  void outlinesStayInTheirCircleAndAreNotSmall(Outline outline) {
    int inside = 0;
    for (int i = 0; i < 300 * 300; i++) {
      double x = (i % 300 - 149.5) / 125;
      int row = i / 300;
      double y = (row - 149.5) / 125;
      if (outline.contains(x, y)) {
        inside++;
        assertTrue(x * x + y * y <= 1.0001, "%s at %s, %s".formatted(outline, x, y));
      }
    }
    double area = inside / (125.0 * 125.0);
    assertTrue(area > 0.8 && area < 2.5, outline + " covers " + area);
  }

  @Test
  void outlinesAreWhatTheyAreCalled() {
    assertTrue(Outline.CIRCLE.contains(0, 0.8));
    assertFalse(Outline.RING.contains(0, 0));
    assertTrue(Outline.RING.contains(0.7, 0));
    assertTrue(Outline.SQUARE.contains(0.69, -0.69));
    assertFalse(Outline.CROSS.contains(0.5, 0.5));
    assertTrue(Outline.CROSS.contains(-0.9, 0));
    assertTrue(Outline.TRIANGLE.contains(0, 0.9));
    assertFalse(Outline.TRIANGLE.contains(0.3, 0.9));
    assertTrue(Outline.HEART.contains(0.4, 0.7));
    assertFalse(Outline.HEART.contains(0, 0.8));
    assertTrue(Outline.CRESCENT.contains(-0.6, 0));
    assertFalse(Outline.CRESCENT.contains(0.3, 0));
    assertTrue(Outline.STAR.contains(0, 0.9));
    assertFalse(Outline.STAR.contains(0, -0.9));
    assertTrue(Outline.BAR.contains(0.2, 0.9));
    assertFalse(Outline.BAR.contains(0.9, 0.2));
    assertTrue(Outline.ARROW.contains(0.6, 0.1));
    assertFalse(Outline.ARROW.contains(0.6, -0.1));
  }

  @Test
  void refusesCountsThatMakeNoSet() {
    assertEquals(
        "Shapes: expected 1 to 699050 train samples, got 0.", refusal(() -> Shapes.of(1, 0, 1)));
    assertEquals(
        "Shapes: expected 1 to 699050 test samples, got 700000.",
        refusal(() -> Shapes.of(1, 1, 700_000)));
  }

  private static String refusal(Runnable action) {
    return assertThrows(IllegalArgumentException.class, action::run).getMessage();
  }

  private static int crc(Dataset dataset) {
    CRC32 crc = new CRC32();
    crc.update(dataset.inputs().bytes());
    return (int) crc.getValue();
  }
}
