package kerava.cli.training;

import java.nio.file.Path;
import java.util.Optional;
import kerava.cli.terminal.Console;
import kerava.train.BackupAndRestore;
import picocli.CommandLine.Option;

/** The options that keep what a training needs to go on after its process was killed. */
public final class BackupOptions {
  @Option(
      names = "--backup",
      paramLabel = "DIR",
      description =
          "Keep there what is needed to go on if the process is killed: the same command goes on.")
  private Optional<Path> folder = Optional.empty();

  @Option(
      names = "--backup-every",
      paramLabel = "N",
      description = "Make a backup after every N batches (default: after each epoch).")
  private Optional<Integer> every = Optional.empty();

  /** Checks the options. */
  public void check(Console console) {
    if (every.isPresent() && (folder.isEmpty() || every.get() < 1)) {
      throw console.usage(
          "--backup-every: expected at least 1, beside --backup, got " + every.get() + ".");
    }
  }

  /** Where backups are kept, if they are wanted. */
  public Optional<Path> folder() {
    return folder;
  }

  /** The backup, which is deleted only when the files are written. */
  public Optional<BackupAndRestore> backup() {
    return folder
        .map(place -> BackupAndRestore.of(place).deleteCheckpoint(false))
        .map(each -> every.map(each::saveFreq).orElse(each));
  }
}
