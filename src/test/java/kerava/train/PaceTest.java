package kerava.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** A run takes a tenth of a second at most, as far as that is known. */
final class PaceTest {
  private final Pace pace = new Pace(32);

  @Test
  void oneStepBeforeAnythingIsKnown() {
    assertEquals(1, pace.steps());
  }

  @Test
  void asManyAsTakeATenthOfASecond() {
    pace.ran(8, 1, 0.9);
    assertEquals(1, pace.steps(), "slower than a run may be");
    pace.ran(8, 1, 0.012);
    assertEquals(8, pace.steps());
    pace.ran(8, 8, 0.8);
    assertEquals(8, pace.steps(), "a run that waited teaches nothing");
    pace.ran(8, 8, 0.08);
    assertEquals(10, pace.steps());
  }

  @Test
  void notMoreThanThereMayBe() {
    pace.ran(8, 1, 0.000_1);
    assertEquals(32, pace.steps());
  }

  @Test
  void theSmallBatchAtTheEndTeachesNothing() {
    pace.ran(128, 1, 0.05);
    pace.ran(80, 1, 0.01);
    assertEquals(2, pace.steps());
  }
}
