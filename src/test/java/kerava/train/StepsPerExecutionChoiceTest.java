package kerava.train;

import static kerava.train.StepsPerExecutionTest.DATA;
import static kerava.train.StepsPerExecutionTest.FIT;
import static kerava.train.StepsPerExecutionTest.Outcome;
import static kerava.train.StepsPerExecutionTest.noting;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import kerava.optimizers.Adam;
import org.junit.jupiter.api.Test;

/** How many steps are made at once where nothing is said, and what is refused. */
final class StepsPerExecutionChoiceTest {
  @Test
  void readEachSampleOnceThatIsNotInMemory() {
    Streamed streamed = new Streamed(DATA);
    Fit fit = Fit.epochs(1).batchSize(9).stepsPerExecution(4);
    try (Trainer trainer = KilledTraining.trainer(Adam.of(0.01));
        Trainer other = KilledTraining.trainer(Adam.of(0.01))) {
      trainer.fit(streamed, fit);
      other.fit(DATA, fit);
      assertEquals(other.state(), trainer.state());
      // The first one was looked at before, for its type.
      for (int i = 1; i < 60; i++) {
        assertEquals(1, streamed.reads(i), "reads of sample " + i);
      }
      assertEquals(
          "Fit resident: expected floats, or bytes by fours, in memory, got UINT8 of shape"
              + " [8, 8, 3] on a disk.",
          assertThrows(
                  IllegalArgumentException.class, () -> trainer.fit(streamed, fit.resident(true)))
              .getMessage());
    }
  }

  @Test
  void refuseWhatIsNoNumberOfThem() {
    assertEquals(
        "Fit steps per execution: expected at least 1, or 0 to choose, got -1.",
        assertThrows(IllegalArgumentException.class, () -> FIT.stepsPerExecution(-1)).getMessage());
  }

  @Test
  void beginByThemselvesInALongTraining() {
    List<Outcome> outcomes = new ArrayList<>();
    List<Long> ahead = new ArrayList<>();
    for (int number : new int[] {1, 0}) {
      Callback note =
          noting(
              batch -> {
                if (!batch.current()) {
                  ahead.add(batch.step());
                }
              });
      Fit fit = Fit.epochs(75).batchSize(4).stepsPerExecution(number).callbacks(note);
      try (Trainer trainer = KilledTraining.trainer(KilledTraining.optimizer())) {
        outcomes.add(Outcome.of(trainer, DATA, fit));
        if (number == 0) {
          assertEquals(1000, ahead.get(0), "one by one until then");
          ahead.clear();
          trainer.fit(DATA, Fit.epochs(1).batchSize(4).callbacks(note));
          assertTrue(ahead.get(0) < 15, "from the second run on where the loop is there: " + ahead);
        }
      }
    }
    assertEquals(1125, outcomes.get(0).losses().size());
    assertEquals(outcomes.get(0), outcomes.get(1));
  }

  @Test
  void areSaidWithTheArrangement() {
    try (Trainer trainer = KilledTraining.trainer(Adam.of(0.01))) {
      String usual = trainer.strategy(DATA, FIT);
      assertEquals(
          trainer.strategy() + ", up to 32 steps a run after the first 1000, data fed", usual);
      String asked = trainer.strategy(DATA, FIT.stepsPerExecution(8).resident(true));
      assertTrue(asked.endsWith(", up to 8 steps a run, data in the device's memory"), asked);
    }
  }
}
