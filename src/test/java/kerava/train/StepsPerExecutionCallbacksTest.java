package kerava.train;

import static kerava.train.StepsPerExecutionTest.DATA;
import static kerava.train.StepsPerExecutionTest.FIT;
import static kerava.train.StepsPerExecutionTest.noting;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import kerava.TrainingState;
import kerava.graph.Weights;
import kerava.optimizers.Adam;
import kerava.optimizers.SGD;
import kerava.train.callbacks.ModelCheckpoint;
import kerava.train.callbacks.TerminateOnNaN;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What callbacks see of steps that are made in one run of a session. */
final class StepsPerExecutionCallbacksTest {
  @TempDir private Path folder;

  @Test
  void eachHaveTheirOwnFiguresAndMeans() {
    List<List<String>> seen = new ArrayList<>();
    for (int number : new int[] {1, 4}) {
      List<String> lines = new ArrayList<>();
      Callback note =
          noting(
              batch ->
                  lines.add(
                      "%d %d/%d %d %s"
                          .formatted(
                              batch.epoch(),
                              batch.index(),
                              batch.count(),
                              batch.step(),
                              batch.means().get())));
      try (Trainer trainer = KilledTraining.trainer(Adam.of(0.01))) {
        trainer.fit(DATA, FIT.stepsPerExecution(number).callbacks(note));
      }
      seen.add(lines);
    }
    assertEquals(14, seen.get(0).size());
    assertEquals(seen.get(0), seen.get(1));
  }

  @Test
  void sayWhichOfThemTheModelIsAt() {
    List<Boolean> current = new ArrayList<>();
    try (Trainer trainer = KilledTraining.trainer(Adam.of(0.01))) {
      Callback note = noting(batch -> current.add(batch.current()));
      trainer.fit(DATA, Fit.epochs(1).batchSize(9).stepsPerExecution(4).callbacks(note));
    }
    assertEquals(List.of(false, false, false, true, false, true, true), current);
  }

  @Test
  void aCallbackThatLooksAtBatchesSeesTheModelOfEach() {
    List<List<Weights>> seen = new ArrayList<>();
    for (int number : new int[] {1, 4}) {
      List<Weights> all = new ArrayList<>();
      try (Trainer trainer = KilledTraining.trainer(Adam.of(0.01))) {
        Callback look =
            Callback.onBatch(
                batch -> {
                  assertTrue(batch.current());
                  all.add(trainer.weights());
                  return batch.step() == 2
                      ? CallbackAction.proceed().learningRate(0.1)
                      : CallbackAction.proceed();
                });
        trainer.fit(DATA, FIT.stepsPerExecution(number).callbacks(look));
      }
      seen.add(all);
    }
    assertEquals(14, seen.get(0).size());
    assertEquals(seen.get(0), seen.get(1));
  }

  @Test
  void endWhereACheckpointIsWritten() {
    List<List<Weights>> written = new ArrayList<>();
    for (int number : new int[] {1, 4}) {
      List<Weights> own = new ArrayList<>();
      try (Trainer trainer = KilledTraining.trainer(Adam.of(0.01))) {
        Callback checkpoint =
            ModelCheckpoint.always((epoch, view) -> own.add(view.weights())).saveFreq(3);
        trainer.fit(DATA, FIT.stepsPerExecution(number).callbacks(checkpoint));
      }
      written.add(own);
    }
    assertEquals(4, written.get(0).size());
    assertEquals(written.get(0), written.get(1));
  }

  @Test
  void leaveNothingBehindAfterALossThatIsNotANumber() {
    List<Object> ends = new ArrayList<>();
    for (int number : new int[] {1, 4}) {
      try (Trainer trainer = KilledTraining.trainer(SGD.of(1e30).momentum(0.9))) {
        History history =
            trainer.fit(DATA, FIT.stepsPerExecution(number).callbacks(TerminateOnNaN.of()));
        ends.add(List.of(history.stopped().orElseThrow(), trainer.state()));
      }
    }
    assertEquals(ends.get(0), ends.get(1));
  }

  @Test
  void goOnFromABackupInOtherNumbers() {
    Fit plain = Fit.epochs(3).batchSize(9);
    TrainingState whole;
    try (Trainer trainer = KilledTraining.trainer(KilledTraining.optimizer())) {
      trainer.fit(DATA, plain);
      whole = trainer.state();
    }
    Fit kept = plain.callbacks(BackupAndRestore.of(folder).saveFreq(5));
    List<Integer> batches = new ArrayList<>();
    Callback broken =
        noting(
            batch -> {
              if (batch.step() == 12) {
                throw new IllegalStateException("broken off");
              }
            });
    try (Trainer trainer = KilledTraining.trainer(KilledTraining.optimizer())) {
      Fit fit = kept.stepsPerExecution(4).callbacks(broken);
      assertThrows(IllegalStateException.class, () -> trainer.fit(DATA, fit));
    }
    try (Trainer trainer = KilledTraining.trainer(KilledTraining.optimizer())) {
      Callback note = noting(batch -> batches.add((int) batch.step()));
      trainer.fit(DATA, kept.stepsPerExecution(3).resident(true).callbacks(note));
      assertEquals(whole, trainer.state());
    }
    assertEquals(10, batches.get(0), "the backup was made after ten steps");
  }
}
