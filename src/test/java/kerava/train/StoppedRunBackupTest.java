package kerava.train;

import static kerava.train.BackupAndRestoreTest.EPOCHS;
import static kerava.train.BackupAndRestoreTest.End;
import static kerava.train.BackupAndRestoreTest.breaking;
import static kerava.train.BackupAndRestoreTest.run;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Optional;
import kerava.optimizers.Adam;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backups of runs that a callback stopped, and of runs that are to go on for longer. */
final class StoppedRunBackupTest {
  @TempDir Path folder;

  private BackupAndRestore backup() {
    return BackupAndRestore.of(folder.resolve("backup"));
  }

  @Test
  void aRunThatWasStoppedStaysStopped() {
    Fit fit =
        KilledTraining.fit(5)
            .callbacks(
                Callback.onEpoch(
                    e ->
                        e.index() == 1 ? CallbackAction.stop("enough") : CallbackAction.proceed()));
    BackupAndRestore kept = backup().deleteCheckpoint(false);
    End whole = run(KilledTraining.optimizer(), fit.callbacks(kept));
    End again = run(KilledTraining.optimizer(), fit.callbacks(kept, breaking(0)));
    assertEquals(Optional.of("enough"), again.stopped());
    assertEquals(whole, again);
    kept.delete();
    assertEquals(Optional.empty(), kept.seed());
  }

  @Test
  void aRunThatIsStoppedWithinAnEpochKeepsItsBackup() {
    Fit fit = KilledTraining.fit(EPOCHS);
    End whole = run(KilledTraining.optimizer(), fit);
    Callback interrupt =
        Callback.onBatch(
            b -> b.step() == 10 ? CallbackAction.stop("interrupted") : CallbackAction.proceed());
    run(KilledTraining.optimizer(), fit.callbacks(backup().saveFreq(3), interrupt));
    assertEquals(Optional.of(7L), backup().seed());
    assertEquals(whole, run(KilledTraining.optimizer(), fit.callbacks(backup().saveFreq(3))));
  }

  @Test
  void trainsForMoreEpochsFromAKeptBackup() {
    BackupAndRestore kept = backup().deleteCheckpoint(false);
    Fit plain = Fit.epochs(3).batchSize(9);
    End whole = run(Adam.of(0.01), plain);
    run(Adam.of(0.01), Fit.epochs(2).batchSize(9).callbacks(kept));
    assertEquals(whole, run(Adam.of(0.01), plain.callbacks(kept)));
  }
}
