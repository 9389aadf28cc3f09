package kerava.cli.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import kerava.files.PlaceLock;
import kerava.train.BackupAndRestore;
import kerava.train.Callback;
import kerava.train.callbacks.TensorBoard;

/**
 * The folders that a training has for itself, from before it reads its data until its files are
 * written: who trains with the same ones hears at once that they are taken.
 */
public final class TrainingLocks {
  private final List<PlaceLock> locks = new ArrayList<>();

  private TrainingLocks() {}

  /**
   * Takes all, or none.
   *
   * @throws kerava.files.InUseException if another training has one; the message says which
   * @throws IOException if one cannot be written
   */
  public static TrainingLocks take(Optional<BackupAndRestore> backup, Optional<Path> tensorBoard)
      throws IOException {
    TrainingLocks taken = new TrainingLocks();
    List<Callback> all = new ArrayList<>();
    backup.ifPresent(all::add);
    tensorBoard.map(TensorBoard::of).ifPresent(all::add);
    try {
      for (Callback one : all) {
        one.lock().ifPresent(taken.locks::add);
      }
      return taken;
    } catch (IOException e) {
      taken.close();
      throw e;
    }
  }

  /** Gives back what was taken. */
  public void close() throws IOException {
    for (PlaceLock lock : locks) {
      lock.close();
    }
  }
}
