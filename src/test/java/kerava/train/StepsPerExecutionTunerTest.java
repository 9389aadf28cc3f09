package kerava.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** A run takes a tenth of a second at most, as far as that is known. */
final class StepsPerExecutionTunerTest {
  private final StepsPerExecutionTuner tuner = new StepsPerExecutionTuner(32);

  @Test
  void oneStepBeforeAnythingIsKnown() {
    assertEquals(1, tuner.steps());
  }

  @Test
  void asManyAsTakeATenthOfASecond() {
    tuner.ran(8, 1, 0.9);
    assertEquals(1, tuner.steps(), "slower than a run may be");
    tuner.ran(8, 1, 0.012);
    assertEquals(8, tuner.steps());
    tuner.ran(8, 8, 0.8);
    assertEquals(8, tuner.steps(), "a run that waited teaches nothing");
    tuner.ran(8, 8, 0.08);
    assertEquals(10, tuner.steps());
  }

  @Test
  void notMoreThanThereMayBe() {
    tuner.ran(8, 1, 0.000_1);
    assertEquals(32, tuner.steps());
  }

  @Test
  void theSmallBatchAtTheEndTeachesNothing() {
    tuner.ran(128, 1, 0.05);
    tuner.ran(80, 1, 0.01);
    assertEquals(2, tuner.steps());
  }
}
