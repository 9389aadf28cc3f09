package kerava.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import kerava.data.Dataset;
import kerava.data.Shapes;
import kerava.graph.Array;
import org.junit.jupiter.api.Test;

final class VerdictsTest {
  private final Verdicts verdicts = Verdicts.of(Example.test());

  @Test
  void findsTheLikeliestClass() {
    assertEquals("class 2", verdicts.predicted(2));
    assertEquals(0.9, verdicts.probability(2), 1e-6);
    assertTrue(verdicts.right(2));
    assertEquals("class 1", verdicts.truth(4));
    assertEquals("class 0", verdicts.predicted(4));
    assertFalse(verdicts.right(4));
    assertEquals(4, verdicts.rightCount());
  }

  @Test
  void listsTheSurestMistakesFirst() {
    assertArrayEquals(new int[] {5, 4}, verdicts.mistakes(10));
    assertArrayEquals(new int[] {5}, verdicts.mistakes(1));
  }

  @Test
  void countsWhatWasTakenForWhat() {
    assertArrayEquals(new int[][] {{2, 0, 0}, {1, 1, 0}, {0, 1, 1}}, verdicts.confusion());
    assertEquals(
        List.of(
            new ClassAccuracy("class 0", 2, 2),
            new ClassAccuracy("class 1", 1, 2),
            new ClassAccuracy("class 2", 1, 2)),
        verdicts.byClass());
  }

  @Test
  void turnsLogitsIntoProbabilities() {
    Verdicts logits = verdicts(Array.of(new float[] {-1, 2, 0.5f}, 1, 3));
    double sum = Math.exp(-1) + Math.exp(2) + Math.exp(0.5);
    assertEquals(Math.exp(2) / sum, logits.probability(0), 1e-9);
    Verdicts large = verdicts(Array.of(new float[] {1000, 999, -1000}, 1, 3));
    assertEquals(1 / (1 + Math.exp(-1)), large.probability(0), 1e-9);
  }

  @Test
  void takesOneHotTargets() {
    Dataset samples =
        Dataset.of(Array.of(new byte[2], 2, 1), Array.of(new float[] {0, 0, 1, 1, 0, 0}, 2, 3));
    TestRun run =
        new TestRun(
            samples, Array.of(new float[] {0, 0, 1, 0, 1, 0}, 2, 3), Example.test().evaluation());
    assertTrue(Verdicts.of(run).right(0));
    assertEquals("class 0", Verdicts.of(run).truth(1));
  }

  @Test
  void takesTheNamesOfTheDataSet() {
    Dataset shapes = Shapes.of(1, 1, 3).test();
    TestRun run = new TestRun(shapes, Array.of(new float[30], 3, 10), Example.test().evaluation());
    assertEquals(Shapes.classNames(), Verdicts.of(run).classNames());
    TestRun more = new TestRun(shapes, Array.of(new float[33], 3, 11), Example.test().evaluation());
    assertEquals("class 10", Verdicts.of(more).classNames().get(10));
  }

  @Test
  void refusesLabelsThatTheModelHasNoOutputFor() {
    TestRun run =
        new TestRun(Example.samples(), Array.of(new float[12], 6, 2), Example.test().evaluation());
    assertEquals(
        "TestRun: expected labels from 0 to 1, as many as the model has outputs, got 2.",
        assertThrows(IllegalArgumentException.class, () -> Verdicts.of(run)).getMessage());
  }

  @Test
  void knowsClassesWithoutSamples() {
    Verdicts first = verdicts(Array.of(new float[] {0, 1, 0}, 1, 3));
    assertEquals(new ClassAccuracy("class 2", 0, 0), first.byClass().get(2));
    assertEquals(0, first.byClass().get(2).share());
  }

  private static Verdicts verdicts(Array predictions) {
    return Verdicts.of(new TestRun(Example.samples(), predictions, Example.test().evaluation()));
  }
}
