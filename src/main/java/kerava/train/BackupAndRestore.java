package kerava.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import kerava.files.Folders;
import kerava.files.PlaceLock;
import kerava.files.WriteException;

/**
 * Keeps everything that a run needs to go on after its process was killed, at any moment: a run
 * with the same backup folder then goes on where the last backup was made, and ends with the same
 * weights, to the bit, as one that was never killed.
 *
 * <p>Kept are the weights, moving averages, the optimizer's state, how far the epoch is, the
 * history, and what other callbacks remember ({@link Callback.Observer#state}). Randomness follows
 * from the seed and the number of the step. The next run must be of the same model, settings, seed,
 * batch size and data; more epochs are fine. A backup is written aside and moved into place, so
 * that there always is a whole one.
 *
 * <pre>{@code
 * BackupAndRestore backup = BackupAndRestore.of(Path.of("backup")).saveFreq(500);
 * TrainerOptions options = backup.options(TrainerOptions.defaults());
 * try (Trainer trainer = Trainer.compile(model, settings, options)) {
 *   trainer.fit(data, Fit.epochs(30).callbacks(backup));
 * }
 * }</pre>
 *
 * @see <a href="https://keras.io/api/callbacks/backup_and_restore/">Keras: BackupAndRestore</a>
 */
public final class BackupAndRestore implements Callback {
  private static final String FILE = "training.backup";

  private final Path folder;
  private final SaveFrequency frequency;
  private final boolean delete;

  private BackupAndRestore(Path folder, SaveFrequency frequency, boolean delete) {
    this.folder = folder;
    this.frequency = frequency;
    this.delete = delete;
  }

  /**
   * Makes a backup after each epoch, and deletes it when the run is done. A run that a callback
   * stops within an epoch is not done.
   *
   * @param folder where; made if it is not there. It holds the backup of one run
   */
  public static BackupAndRestore of(Path folder) {
    return new BackupAndRestore(folder, new SaveFrequency(1, 0), true);
  }

  /**
   * The same with a backup after every so many batches instead, counted over the whole run.
   *
   * @throws IllegalArgumentException if the number is below 1
   */
  public BackupAndRestore saveFreq(int batches) {
    if (batches < 1) {
      throw new IllegalArgumentException(
          "BackupAndRestore saveFreq: expected at least 1 batch, got " + batches + ".");
    }
    return new BackupAndRestore(folder, new SaveFrequency(1, batches), delete);
  }

  /** The same that deletes the backup when the run is done, or does not; it does by default. */
  public BackupAndRestore deleteCheckpoint(boolean delete) {
    return new BackupAndRestore(folder, frequency, delete);
  }

  /**
   * The seed of the run that the folder has a backup of; empty if it has none.
   *
   * @throws UncheckedIOException if the backup cannot be read or is damaged
   */
  public Optional<Long> seed() {
    return read().map(backup -> backup.plan().json().path("seed").longValue());
  }

  /**
   * Options for a run that goes on from the backup: its seed and its parts of a batch, which both
   * decide on the last bits. Without a backup they are left as they are.
   *
   * @throws UncheckedIOException if the backup cannot be read or is damaged
   */
  public TrainerOptions options(TrainerOptions options) {
    return read()
        .map(backup -> backup.plan().json())
        .map(
            plan ->
                options
                    .withSeed(plan.path("seed").longValue())
                    .withReplicas(plan.path("replicas").intValue()))
        .orElse(options);
  }

  /**
   * Deletes the backup, if there is one.
   *
   * @throws UncheckedIOException if it cannot be deleted
   */
  public void delete() {
    try {
      Files.deleteIfExists(file());
    } catch (IOException e) {
      throw problem("to delete the backup", e);
    }
  }

  /**
   * {@inheritDoc}
   *
   * <p>A backup is of one run: a second one is told who is at it.
   */
  @Override
  public Optional<PlaceLock> lock() throws IOException {
    return Optional.of(PlaceLock.folder("BackupAndRestore", folder));
  }

  /** The training asks {@link Session} for backups itself, when all observers are done. */
  @Override
  public Observer observe(Run run) {
    return new Observer() {};
  }

  private Path file() {
    return folder.resolve(FILE);
  }

  private Optional<Backup> read() {
    try {
      return Files.exists(file()) ? Optional.of(BackupFile.read(file())) : Optional.empty();
    } catch (IOException e) {
      String message = "BackupAndRestore: " + e.getMessage() + " Delete it to begin anew.";
      throw new UncheckedIOException(message, new IOException(message, e));
    }
  }

  private UncheckedIOException problem(String what, IOException e) {
    String expectation = "BackupAndRestore: expected " + what + " in " + folder;
    WriteException problem = WriteException.of(expectation, folder, e);
    return new UncheckedIOException(problem.getMessage(), problem);
  }

  /** Begins a run: looks for a backup, and whether one can be written. */
  Session begin(RunPlan plan) {
    try {
      Folders.prepare("BackupAndRestore", folder);
    } catch (IOException e) {
      throw problem("a folder to write", e);
    }
    Optional<Backup> found = read();
    found
        .flatMap(backup -> plan.difference(backup.plan()))
        .ifPresent(
            difference -> {
              throw new IllegalArgumentException(
                  "BackupAndRestore: expected a backup of this run in "
                      + folder
                      + ", got one "
                      + difference
                      + ". Delete it to begin anew.");
            });
    return new Session(plan, found);
  }

  /** The backups of one run. */
  final class Session {
    private final RunPlan plan;
    private final Optional<Backup> found;

    private Session(RunPlan plan, Optional<Backup> found) {
      this.plan = plan;
      this.found = found;
    }

    /** The backup to go on from, if there is one. */
    Optional<Backup> found() {
      return found;
    }

    void epochEnd(Trainer trainer, FitProgress progress, Observers observers) {
      if (frequency.afterEpochs(progress.place().epoch())) {
        write(trainer, progress, observers);
      }
    }

    /** How many batches there are until the next backup. */
    int batchesUntil(long step) {
      return frequency.batchesUntil(step);
    }

    /** The state of the trainer must be that after the last batch counted. */
    void batchEnd(Trainer trainer, FitProgress progress, Observers observers) {
      if (frequency.afterBatches(progress.place().step())) {
        write(trainer, progress, observers);
      }
    }

    private void write(Trainer trainer, FitProgress progress, Observers observers) {
      try {
        BackupFile.write(
            new Backup(plan, progress.save(), trainer.state(), observers.states()), file());
      } catch (IOException e) {
        throw problem("to write a backup", e);
      }
    }

    /** Ends the run. */
    void end(FitProgress progress) {
      if (delete && progress.place().batch() == 0) {
        delete();
      }
    }
  }
}
