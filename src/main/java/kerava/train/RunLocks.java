package kerava.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import kerava.files.PlaceLock;

/** The places that a run has for itself. */
final class RunLocks {
  private final List<PlaceLock> all = new ArrayList<>();

  private RunLocks() {}

  /**
   * Takes all, or none.
   *
   * @throws UncheckedIOException if another run has one, or one cannot be written
   */
  static RunLocks of(List<Callback> callbacks) {
    RunLocks locks = new RunLocks();
    try {
      for (Callback callback : callbacks) {
        Optional<PlaceLock> lock = callback.lock();
        lock.ifPresent(locks.all::add);
      }
      return locks;
    } catch (IOException e) {
      locks.close();
      throw new UncheckedIOException(e.getMessage(), e);
    } catch (RuntimeException e) {
      locks.close();
      throw e;
    }
  }

  /** Gives all back. */
  void close() {
    for (PlaceLock lock : all) {
      try {
        lock.close();
      } catch (IOException e) {
        // The lock itself has ended; its file is the next run's to remove.
      }
    }
  }
}
