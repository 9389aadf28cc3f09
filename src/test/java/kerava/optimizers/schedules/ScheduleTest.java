package kerava.optimizers.schedules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import kerava.Computation;
import kerava.LearningRate;
import kerava.Schedule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.tensorflow.types.TFloat32;

/** What schedules give and refuse. */
final class ScheduleTest {
  @Test
  void oneCycleRisesAndFalls() {
    CosineDecay schedule = CosineDecay.oneCycle(0.5, 100);
    assertEquals(0.02, schedule.at(0), 1e-9);
    assertEquals(0.26, schedule.at(15), 1e-9);
    assertEquals(0.5, schedule.at(30), 1e-9);
    assertEquals(0.25, schedule.at(65), 1e-5);
    assertEquals(0.02 / 1e4, schedule.at(100), 1e-9);
    assertEquals(schedule.at(100), schedule.at(1000));
  }

  @Test
  void refusesValuesThatDoNotGoWithBoundaries() {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> PiecewiseConstantDecay.of(List.of(10, 20), List.of(1.0, 0.5)))
            .getMessage();
    assertTrue(message.contains("one more than the boundaries [10, 20], got [1.0, 0.5]"), message);
  }

  @Test
  void refusesBoundariesThatDoNotRise() {
    assertThrows(
        IllegalArgumentException.class,
        () -> PiecewiseConstantDecay.of(List.of(20, 10), List.of(1.0, 0.5, 0.1)));
  }

  @Test
  void refusesNoSteps() {
    String message =
        assertThrows(IllegalArgumentException.class, () -> CosineDecay.of(0.1, 0)).getMessage();
    assertTrue(
        message.contains("decay_steps: expected a whole number of at least 1, got 0"), message);
  }

  private static void refused(String message, Executable code) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, code).getMessage());
  }

  @Test
  void refusesNegativeSteps() {
    refused(
        "PiecewiseConstantDecay boundaries: expected a list, each a whole number of at least 0, got"
            + " [-3, 5].",
        () -> PiecewiseConstantDecay.of(List.of(-3, 5), List.of(0.1, 0.2, 0.3)));
    refused(
        "ExponentialDecay decay_steps: expected a whole number of at least 1, got -5.",
        () -> ExponentialDecay.of(0.1, -5, 0.9));
    refused(
        "CosineDecay warmup_steps: expected a whole number of at least 0, got -3.",
        () -> CosineDecay.of(0.1, 5).warmup(0.2, -3));
    refused(
        "CosineDecay one cycle: expected at least 2 training steps, got -10.",
        () -> CosineDecay.oneCycle(0.1, -10));
  }

  @Test
  void refusesRatesThatWouldBecomeNegativeOrInfinite() {
    refused(
        "CosineDecay alpha: expected a number of at least 0, got -3.0.",
        () -> CosineDecay.of(0.1, 5).alpha(-3));
    refused(
        "PolynomialDecay power: expected a number of at least 0, got -1.0.",
        () -> PolynomialDecay.of(0.1, 5).power(-1));
  }

  @Test
  void firstRateIsThatOfTheFirstStep() {
    assertEquals(0.02, LearningRate.of(CosineDecay.oneCycle(0.5, 100)).initial(), 1e-9);
  }

  @Test
  void hostAndGraphAgree() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    List<Schedule> schedules =
        List.of(
            ExponentialDecay.of(0.3, 7, 0.9).staircase(true),
            InverseTimeDecay.of(0.3, 7, 0.9),
            PolynomialDecay.of(0.3, 11).power(0.5).cycle(true).endRate(0.01),
            PiecewiseConstantDecay.of(List.of(50, 400), List.of(1.0, 0.5, 0.1)),
            CosineDecay.oneCycle(0.3, 500),
            CosineDecayRestarts.of(0.3, 13).factors(1, 0.9).alpha(0.1));
    for (Schedule schedule : schedules) {
      for (int i = 0; i < 5; i++) {
        long step = random.nextInt(600);
        float inGraph =
            Computation.of(
                    tf -> tf.dtypes.cast(schedule.rate(tf, tf.constant(step)), TFloat32.class))
                .floats()[0];
        assertEquals(schedule.at(step), inGraph, 3e-6, schedule + " at " + step + ", seed " + seed);
      }
    }
  }
}
