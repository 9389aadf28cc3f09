package kerava.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import kerava.graph.Array;
import org.junit.jupiter.api.Test;

/** Views of labelled images: mirrored, and with one-hot targets. */
final class ImageViewsTest {
  private static final Array BYTES =
      Array.of(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16}, 2, 2, 2, 2);
  private static final Array CLASSES = Array.of(new int[] {2, 0}, 2);
  private final Dataset two = Dataset.of(BYTES, CLASSES);

  private static void refused(String message, Runnable code) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, code::run).getMessage());
  }

  @Test
  void mirrorsSomeImages() {
    Dataset mirrored = two.mirrored(index -> index == 1);
    Array expected =
        Array.of(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 11, 12, 9, 10, 15, 16, 13, 14}, 2, 2, 2, 2);
    assertEquals(expected, mirrored.inputs());
    assertEquals(
        Array.of(new byte[] {11, 12, 9, 10, 15, 16, 13, 14, 1, 2, 3, 4, 5, 6, 7, 8}, 2, 2, 2, 2),
        mirrored.inputs(new int[] {1, 0}));
    assertEquals(CLASSES, mirrored.labels());
    assertEquals(Array.of(new int[] {0}, 1), mirrored.labels(new int[] {1}));
    assertEquals(expected.size(), mirrored.mirrored(index -> false).inputs().size());
    assertEquals(BYTES, mirrored.mirrored(index -> index == 1).inputs());
    assertTrue(mirrored.pixels());
    assertEquals(2, mirrored.size());
    assertEquals(List.of(), mirrored.classNames());
  }

  @Test
  void mirrorsFloats() {
    Dataset one =
        Dataset.of(Array.of(new float[] {1, 2, 3}, 1, 1, 3, 1), Array.of(new int[] {0}, 1));
    assertEquals(Array.of(new float[] {3, 2, 1}, 1, 1, 3, 1), one.mirrored(index -> true).inputs());
  }

  @Test
  void givesOneHotTargets() {
    Dataset targets = two.oneHot(3);
    assertEquals(Array.of(new float[] {0, 0, 1, 1, 0, 0}, 2, 3), targets.labels());
    assertEquals(Array.of(new float[] {1, 0, 0}, 1, 3), targets.labels(new int[] {1}));
    assertEquals(BYTES, targets.inputs());
    assertEquals(two.inputs(new int[] {1}), targets.inputs(new int[] {1}));
    assertEquals(10, Shapes.load().test().oneHot().labels().shape().get(1));
    assertTrue(Shapes.load().test().oneHot().pixels());
  }

  @Test
  void refusesWhatHasNoClasses() {
    refused("Dataset one-hot: expected at least 1 class, got 0. Have they no names?", two::oneHot);
    refused("Dataset one-hot: expected class numbers below 2, got 2.", () -> two.oneHot(2));
    refused(
        "Dataset one-hot: expected class numbers (INT32), got FLOAT32 [2, 3].",
        () -> two.oneHot(3).oneHot(3));
    assertThrows(IllegalArgumentException.class, () -> two.oneHot(3).labels(new int[] {2}));
  }
}
