package kerava.cli.training;

import java.io.IOException;
import java.util.Optional;
import kerava.cli.terminal.Console;
import kerava.files.InUseException;
import kerava.files.PlaceLock;

/**
 * Trainings that write under one name at the same time. Their runs get numbers of their own, so
 * that they do not hurt each other; but whoever begins one should know.
 */
public final class ConcurrentRuns {
  private final Optional<PlaceLock> lock;

  private ConcurrentRuns(Optional<PlaceLock> lock) {
    this.lock = lock;
  }

  /** Says on standard error who trains under the name, if somebody does. */
  public static ConcurrentRuns note(RunFiles files, Console console) throws IOException {
    try {
      return new ConcurrentRuns(Optional.of(PlaceLock.file("--out", files.savedModels())));
    } catch (InUseException e) {
      console.error(
          "--out: %s trains into %s, too. This run gets a number of its own."
              .formatted(e.holder(), files.savedModels()));
      return new ConcurrentRuns(Optional.empty());
    }
  }

  /** Gives back what was taken. */
  public void close() throws IOException {
    if (lock.isPresent()) {
      lock.get().close();
    }
  }
}
