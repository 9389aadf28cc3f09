package kerava.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import kerava.graph.Array;
import org.junit.jupiter.api.Test;

final class StratifiedOrderTest {
  /** 60 of class 0, 30 of class 1, 9 of class 2, 1 of class 3. */
  private static final Array LABELS = labels();

  private static Array labels() {
    int[] labels = new int[100];
    Arrays.fill(labels, 60, 90, 1);
    Arrays.fill(labels, 90, 99, 2);
    labels[99] = 3;
    return Array.of(labels, 100);
  }

  private static int[] counts(int[] samples) {
    int[] counts = new int[4];
    Arrays.stream(samples).forEach(sample -> counts[LABELS.ints()[sample]]++);
    return counts;
  }

  @Test
  void theFirstOnesAreOfAllClasses() {
    for (int seed = 0; seed < 20; seed++) {
      StratifiedOrder strata = StratifiedOrder.of(LABELS, seed);
      assertArrayEquals(new int[] {1, 1, 1, 1}, counts(strata.first(4)));
      int[] counts = counts(strata.first(20));
      assertEquals(12, counts[0], 1);
      assertEquals(6, counts[1], 1);
      assertTrue(counts[2] >= 1 && counts[3] == 1, Arrays.toString(counts));
    }
  }

  @Test
  void sharesAreThoseOfTheClasses() {
    for (int seed = 0; seed < 20; seed++) {
      assertArrayEquals(
          new int[] {12, 6, 2, 0}, counts(StratifiedOrder.of(LABELS, seed).share(20)));
    }
  }

  @Test
  void allSamplesComeOnceAndAsTheSeedSays() {
    int[] all = StratifiedOrder.of(LABELS, 5).first(1000);
    assertArrayEquals(IntStream.range(0, 100).toArray(), Arrays.stream(all).sorted().toArray());
    assertArrayEquals(all, StratifiedOrder.of(LABELS, 5).first(100));
    assertFalse(Arrays.equals(all, StratifiedOrder.of(LABELS, 6).first(100)));
    assertThrows(IllegalArgumentException.class, () -> StratifiedOrder.of(LABELS, 5).first(-1));
  }

  @Test
  void targetsAreReadAsClasses() {
    Array oneHot = Array.of(new float[] {1, 0, 0, 1, 0, 1}, 3, 2);
    assertEquals(2, StratifiedOrder.of(oneHot, 1).first(2).length);
    Array single = Array.of(new float[] {0, 0, 0, 1}, 4, 1);
    int[] two = StratifiedOrder.of(single, 1).first(2);
    assertTrue(Arrays.stream(two).anyMatch(sample -> sample == 3));
  }

  @Test
  void aSampleOfADataSetIsAViewOfIt() {
    Array inputs = Array.of(new float[] {0, 1, 2, 3}, 4, 1);
    Dataset data = Dataset.of(inputs, Array.of(new int[] {0, 0, 1, 1}, 4));
    assertFalse(data.orderedByClass());
    Dataset two = data.sample(2, 9);
    assertEquals(2, two.size());
    assertEquals(1, two.labels().ints()[0] + two.labels().ints()[1]);
    int first = (int) two.inputs().floats()[0];
    assertEquals(first / 2, two.labels().ints()[0]);
    assertThrows(IllegalArgumentException.class, () -> two.inputs(new int[] {2}));
    assertThrows(IllegalArgumentException.class, () -> data.only(4));
  }

  @Test
  void oneOutputIsTheProbabilityOfClassOne() {
    Dataset data = Dataset.of(Array.of(new float[3], 3, 1), Array.of(new int[] {0, 1, 1}, 3));
    assertEquals(Array.of(new float[] {0, 1, 1}, 3, 1), data.binary().labels());
    assertEquals(Array.of(new float[] {1, 0}, 2, 1), data.binary().labels(new int[] {2, 0}));
    Dataset three = Dataset.of(Array.of(new float[3], 3, 1), Array.of(new int[] {0, 1, 2}, 3));
    assertThrows(IllegalArgumentException.class, three::binary);
    assertThrows(IllegalArgumentException.class, () -> data.binary().binary());
  }

  @Test
  void classesGetOtherNumbers() {
    Dataset data = Dataset.of(Array.of(new float[3], 3, 1), Array.of(new int[] {0, 1, 1}, 3));
    Dataset moved = data.relabelled(new int[] {2, 0}, List.of("a", "b", "c"));
    assertEquals(Array.of(new int[] {2, 0, 0}, 3), moved.labels());
    assertEquals(Array.of(new int[] {0}, 1), moved.labels(new int[] {2}));
    assertEquals(List.of("a", "b", "c"), moved.classNames());
  }
}
