package kerava.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import kerava.Optimizer;
import kerava.TrainingState;
import kerava.data.Dataset;
import kerava.files.Holder;
import kerava.graph.Device;
import kerava.optimizers.Adam;
import kerava.optimizers.SGD;
import kerava.train.callbacks.CsvLogger;
import kerava.train.callbacks.LearningRateScheduler;
import kerava.train.callbacks.ModelCheckpoint;
import kerava.train.callbacks.TerminateOnNaN;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** A run that is broken off goes on from its backup as if it had not been. */
final class BackupAndRestoreTest {
  static final int EPOCHS = 3;

  static final Dataset DATA = KilledTraining.data(1, 60);

  @TempDir Path folder;

  /** What a run ends with. */
  record End(TrainingState state, Object figures, Optional<String> stopped) {
    static End of(Trainer trainer, Fit fit) {
      History history = trainer.fit(DATA, fit);
      return new End(trainer.state(), history.metrics(), history.stopped());
    }
  }

  static final class Broken extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  /** Breaks a run off at a step, counted from its first one; seen by no backup. */
  static Callback breaking(long step) {
    return Callback.onBatch(
        batch -> {
          if (batch.step() == step) {
            throw new Broken();
          }
          return CallbackAction.proceed();
        });
  }

  BackupAndRestore backup() {
    return BackupAndRestore.of(folder.resolve("backup"));
  }

  static End run(Optimizer optimizer, Fit fit) {
    try (Trainer trainer = KilledTraining.trainer(optimizer)) {
      return End.of(trainer, fit);
    }
  }

  private static void broken(Optimizer optimizer, Fit fit, long step) {
    assertThrows(Broken.class, () -> run(optimizer, fit.callbacks(breaking(step))));
  }

  @Test
  void goesOnFromTheLastEpoch() {
    Fit fit = KilledTraining.fit(EPOCHS);
    End whole = run(KilledTraining.optimizer(), fit);
    for (long step : new long[] {0, 6, 7, 13, 20}) {
      broken(KilledTraining.optimizer(), fit.callbacks(backup()), step);
      End end = run(KilledTraining.optimizer(), fit.callbacks(backup()));
      assertEquals(whole, end, "broken off at step " + step);
      assertFalse(Files.exists(folder.resolve("backup/training.backup")));
    }
  }

  @Test
  void goesOnFromEveryBatch() {
    Optimizer optimizer = SGD.of(0.05).gradientAccumulationSteps(3);
    Fit fit = KilledTraining.fit(2).callbacks(TerminateOnNaN.of());
    End whole = run(optimizer, fit);
    BackupAndRestore backup = backup().saveFreq(1);
    long[] again = {0};
    Callback counting =
        Callback.onBatch(
            batch -> {
              again[0]++;
              return CallbackAction.proceed();
            });
    // One step more each time, across all processes.
    for (int step = 1; step < 2 * KilledTraining.BATCHES; step++) {
      broken(optimizer, fit.callbacks(backup), step);
    }
    assertEquals(whole, run(optimizer, fit.callbacks(backup, counting)));
    assertEquals(1, again[0], "all but the last step were done before");
  }

  @Test
  void goesOnWithRatesAndFilesAsTheyWere() throws IOException {
    Path csv = folder.resolve("log.csv");
    List<Integer> written = new ArrayList<>();
    Fit fit =
        Fit.epochs(4)
            .batchSize(9)
            .callbacks(
                LearningRateScheduler.of((epoch, rate) -> epoch == 0 ? rate : rate * 0.5),
                ModelCheckpoint.best("loss", (epoch, view) -> written.add(epoch.index())),
                CsvLogger.of(csv));
    End whole = run(Adam.of(0.01), fit);
    String lines = Files.readString(csv);
    List<Integer> best = List.copyOf(written);
    for (int step = 0; step < 4 * KilledTraining.BATCHES; step += 5) {
      written.clear();
      Fit kept = fit.callbacks(backup().saveFreq(4));
      broken(Adam.of(0.01), kept, step);
      assertEquals(whole, run(Adam.of(0.01), kept));
      assertEquals(lines, Files.readString(csv));
      assertEquals(best, written.stream().distinct().toList());
    }
  }

  private void refused(String message, Executable code) {
    String start =
        "BackupAndRestore: expected a backup of this run in " + folder + "/backup, got one ";
    assertEquals(
        start + message + ". Delete it to begin anew.",
        assertThrows(IllegalArgumentException.class, code).getMessage());
  }

  @Test
  void refusesABackupOfAnotherRun() {
    Optimizer adam = Adam.of(0.01);
    Fit fit = Fit.epochs(2).batchSize(9).callbacks(backup());
    broken(adam, fit, 8);
    refused("with another optimizer", () -> run(Adam.of(0.1), fit));
    refused("with batch size 9, not 8", () -> run(adam, fit.batchSize(8)));
    refused("with shuffle true, not false", () -> run(adam, fit.shuffle(false)));
    refused(
        "with samples \"60 of shape [8, 8, 3]\", not \"30 of shape [8, 8, 3]\"",
        () -> run(adam, fit.validationSplit(0.5)));
    try (Trainer small =
        Trainer.compile(
            KilledTraining.MODEL.frozen(name -> name.startsWith("conv")),
            KilledTraining.trainer(adam).settings(),
            TrainerOptions.defaults().withSeed(7).withDevice(Device.cpu()))) {
      refused("with another model", () -> small.fit(DATA, fit));
    }
    assertEquals(
        "BackupAndRestore: expected a backup of a run with the callbacks [TerminateOnNaN], got one"
            + " with [].",
        assertThrows(
                IllegalArgumentException.class, () -> run(adam, fit.callbacks(TerminateOnNaN.of())))
            .getMessage());
    assertEquals(
        "Fit callbacks: expected at most one BackupAndRestore, got 2.",
        assertThrows(IllegalArgumentException.class, () -> run(adam, fit.callbacks(backup())))
            .getMessage());
  }

  @Test
  void refusesADamagedBackup() throws IOException {
    Path file = folder.resolve("backup/training.backup");
    Fit fit = Fit.epochs(2).batchSize(9).callbacks(backup());
    broken(Adam.of(0.01), fit, 8);
    byte[] whole = Files.readAllBytes(file);
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int i = 0; i < 50; i++) {
      byte[] damaged = whole.clone();
      damaged[random.nextInt(whole.length)] ^= (byte) (1 << random.nextInt(8));
      byte[] content =
          i % 2 == 0 ? damaged : java.util.Arrays.copyOf(whole, random.nextInt(whole.length));
      Files.write(file, content);
      String message =
          assertThrows(UncheckedIOException.class, () -> backup().seed(), "seed " + seed)
              .getMessage();
      assertTrue(message.startsWith("BackupAndRestore: " + file), message);
      assertTrue(message.endsWith(" Delete it to begin anew."), message);
    }
    Files.writeString(file, "a diary");
    assertThrows(UncheckedIOException.class, () -> run(Adam.of(0.01), fit));
  }

  @Test
  void refusesAFolderThatIsNone() throws IOException {
    Path file = Files.writeString(folder.resolve("backup"), "a file");
    UncheckedIOException e =
        assertThrows(
            UncheckedIOException.class,
            () -> run(Adam.of(0.01), Fit.epochs(1).callbacks(backup())));
    assertEquals(
        "BackupAndRestore: expected a folder to write in "
            + file
            + ", got a file at "
            + file
            + ". Move it away, or choose another place.",
        e.getMessage());
  }

  @Test
  void removesWhatAKilledWriterLeft() throws IOException {
    Path backup = folder.resolve("backup");
    Holder.start("file", backup.resolve("training.backup")).close();
    try (var files = Files.list(backup)) {
      assertEquals(2, files.count());
    }
    run(Adam.of(0.01), Fit.epochs(1).batchSize(9).callbacks(backup()));
    try (var files = Files.list(backup)) {
      assertEquals(0, files.count());
    }
  }
}
