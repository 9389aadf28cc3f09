package kerava.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import kerava.graph.Array;
import org.junit.jupiter.api.Test;
import org.tensorflow.ndarray.Shape;

final class DatasetTest {
  private static final Array PIXELS = Array.of(new byte[] {0, 1, 2, 3, 4, 5, 6, (byte) 255}, 4, 2);
  private static final Array CLASSES = Array.of(new int[] {3, 2, 1, 0}, 4);

  private final Dataset four = Dataset.of(PIXELS, CLASSES);

  @Test
  void gathersRowsInTheOrderAsked() {
    assertEquals(
        Array.of(new byte[] {6, (byte) 255, 0, 1, 6, (byte) 255}, 3, 2),
        four.inputs(new int[] {3, 0, 3}));
    assertEquals(Array.of(new int[] {0, 3, 0}, 3), four.labels(new int[] {3, 0, 3}));
  }

  @Test
  void gathersFloatsOfAnyRank() {
    float[] numbers = new float[24];
    IntStream.range(0, 24).forEach(i -> numbers[i] = i);
    Array cubes = Array.of(numbers, 2, 3, 2, 2);
    Array targets = Array.of(new float[] {0.25f, 0.5f}, 2);
    Dataset two = Dataset.of(cubes, targets);
    assertEquals(
        Array.of(Arrays.copyOfRange(numbers, 12, 24), 1, 3, 2, 2), two.inputs(new int[] {1}));
    assertEquals(Array.of(new float[] {0.5f}, 1), two.labels(new int[] {1}));
    assertEquals(Shape.of(3, 2, 2), two.inputShape());
  }

  @Test
  void gathersNothing() {
    assertEquals(Array.of(new byte[0], 0, 2), four.inputs(new int[0]));
    assertEquals(Array.of(new int[0], 0), four.labels(new int[0]));
  }

  @Test
  void handsItsWholeArraysOverUncopied() {
    assertSame(PIXELS, four.inputs());
    assertSame(CLASSES, four.labels());
    assertSame(PIXELS, four.take(4).inputs());
  }

  @Test
  void knowsSizeAndDefaults() {
    assertEquals(4, four.size());
    assertEquals(Shape.of(2), four.inputShape());
    assertTrue(four.pixels(), "bytes are pixels");
    assertFalse(Dataset.of(Array.of(new float[4], 4), CLASSES).pixels(), "floats are not");
    assertEquals(List.of(), four.classNames());
  }

  @Test
  void rangeShowsNeighbouringSamples() {
    Dataset middle = four.range(1, 3);
    assertEquals(2, middle.size());
    assertEquals(Array.of(new byte[] {2, 3, 4, 5}, 2, 2), middle.inputs());
    assertEquals(Array.of(new int[] {2, 1}, 2), middle.labels());
    assertEquals(Array.of(new byte[] {4, 5}, 1, 2), middle.inputs(new int[] {1}));
    assertEquals(Array.of(new int[] {1}, 1), middle.range(1, 2).labels());
    assertEquals(Shape.of(2), middle.inputShape());
  }

  @Test
  void rangeMayBeEmpty() {
    assertEquals(0, four.range(2, 2).size());
  }

  @Test
  void takeStopsAtTheEnd() {
    assertEquals(4, four.take(100).size());
    assertArrayEquals(new int[] {3, 2}, four.take(2).labels().ints());
  }

  @Test
  void viewsKeepPixelsAndClassNames() {
    Dataset named = new ArrayDataset(PIXELS, CLASSES, List.of("a", "b", "c", "d"));
    assertTrue(named.range(1, 2).pixels());
    assertEquals(named.classNames(), named.range(1, 2).classNames());
  }

  @Test
  void refusesIndicesThatAreNotThere() {
    assertEquals(
        "Dataset: expected indices from 0 to 3, got 4.",
        refusal(() -> four.inputs(new int[] {0, 4})));
    assertEquals(
        "Dataset: expected indices from 0 to 3, got -1.",
        refusal(() -> four.labels(new int[] {-1})));
    assertEquals(
        "Dataset: expected indices from 0 to 1, got 2.",
        refusal(() -> four.range(1, 3).inputs(new int[] {2})));
  }

  @Test
  void refusesRangesThatAreNotThere() {
    assertEquals(
        "Dataset: expected a range within 0 to 4, got 3 to 5.", refusal(() -> four.range(3, 5)));
    assertEquals(
        "Dataset: expected a range within 0 to 4, got 3 to 2.", refusal(() -> four.range(3, 2)));
    assertEquals(
        "Dataset: expected a range within 0 to 4, got 0 to -1.", refusal(() -> four.take(-1)));
  }

  @Test
  void refusesUnequalCounts() {
    Array three = Array.of(new int[3], 3);
    String message = refusal(() -> Dataset.of(PIXELS, three));
    assertEquals(
        "Dataset: expected as many labels as inputs, got inputs of shape [4, 2] and labels of"
            + " shape [3]. Do both belong to the same samples?",
        message);
  }

  @Test
  void refusesOtherTypes() {
    Array longs = Array.of(new long[4], 4);
    assertEquals(Array.Type.INT64, Dataset.of(longs, CLASSES).inputType());
    assertEquals(
        "Dataset: expected labels of type INT32 or FLOAT32 and shape (samples, ...), got INT64 [4].",
        refusal(() -> Dataset.of(PIXELS, longs)));
    Array column = Array.of(new int[4], 4, 1);
    assertArrayEquals(column.ints(), Dataset.of(PIXELS, column).labels().ints());
    Array scalar = Array.of(new float[1]);
    assertThrows(IllegalArgumentException.class, () -> Dataset.of(scalar, CLASSES));
    assertThrows(IllegalArgumentException.class, () -> Dataset.of(PIXELS, scalar));
  }

  private static String refusal(Runnable action) {
    return assertThrows(IllegalArgumentException.class, action::run).getMessage();
  }
}
