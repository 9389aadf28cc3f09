package kerava;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ClassScoresTest {
  private static final List<String> NAMES = List.of("cat", "dog");

  @Test
  void oneNumberOfARegressionIsNoClass() {
    assertEquals(
        List.of(new ClassScore("output", 0.25f)),
        ClassScores.LOGITS.prediction(new float[] {0.25f}, List.of(), false).classes());
    assertEquals(
        List.of(new ClassScore("output", 7)),
        ClassScores.UNKNOWN.prediction(new float[] {7}, List.of(), false).classes());
  }

  @Test
  void oneProbabilityOrLogitIsOfTheSecondClass() {
    assertEquals(
        List.of(new ClassScore("dog", 0.75f), new ClassScore("cat", 0.25f)),
        ClassScores.SIGMOID.prediction(new float[] {0.75f}, NAMES, true).classes());
    assertEquals(
        List.of(new ClassScore("cat", 0.5f), new ClassScore("dog", 0.5f)),
        ClassScores.LOGITS.prediction(new float[] {0}, NAMES, true).classes());
  }

  @Test
  void logitsBecomeProbabilitiesWhereTheyAreAboutClasses() {
    float[] row = {1, 1, -200};
    assertEquals(
        0.5f, ClassScores.LOGITS.prediction(row, List.of("a", "b", "c"), true).best().score());
    assertEquals(
        new ClassScore("class 0", 1), ClassScores.UNKNOWN.prediction(row, List.of(), false).best());
  }
}
