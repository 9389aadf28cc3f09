package kerava.cli;

import java.io.IOException;
import java.util.Optional;
import kerava.files.InUseException;
import kerava.files.PlaceLock;

/**
 * Trainings that write under one name at the same time. Their runs get numbers of their own, so
 * that they do not hurt each other; but whoever begins one should know.
 */
final class Neighbors {
  private final Optional<PlaceLock> lock;

  private Neighbors(Optional<PlaceLock> lock) {
    this.lock = lock;
  }

  /** Says on standard error who trains under the name, if somebody does. */
  static Neighbors greet(RunFiles files, Console console) throws IOException {
    try {
      return new Neighbors(Optional.of(PlaceLock.file("--out", files.savedModels())));
    } catch (InUseException e) {
      console.error(
          "--out: %s trains into %s, too. This run gets a number of its own."
              .formatted(e.holder(), files.savedModels()));
      return new Neighbors(Optional.empty());
    }
  }

  /** Gives back what was taken. */
  void close() throws IOException {
    if (lock.isPresent()) {
      lock.get().close();
    }
  }
}
