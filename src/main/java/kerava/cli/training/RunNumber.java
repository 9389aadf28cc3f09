package kerava.cli.training;

import java.io.IOException;
import java.util.Optional;
import kerava.files.Folders;
import kerava.files.LockFile;

/**
 * The number of a training, which no other process can take. Numbers only grow: one whose process
 * was killed is passed over.
 *
 * @param files where it is a number
 * @param value 1 or more
 * @param claim is locked while the number is written
 */
record RunNumber(RunFiles files, long value, LockFile claim) implements AutoCloseable {
  /**
   * Takes the next number.
   *
   * @throws IOException if the folder cannot be written
   */
  static RunNumber claim(RunFiles files) throws IOException {
    Folders.make(files.savedModels());
    while (true) {
      long next = files.highest() + 1;
      Optional<LockFile> claim = LockFile.take(files.claim(next));
      if (claim.isEmpty()) {
        continue; // Another process was faster.
      }
      // It may have been faster by so much that it has written all and withdrawn its claim.
      if (!files.taken(next)) {
        return new RunNumber(files, next, claim.get());
      }
      claim.get().close();
    }
  }

  /**
   * Withdraws the claim, when what it was for is written, or cannot be; then also those below that
   * killed processes left, which this number keeps from being taken again.
   */
  @Override
  public void close() throws IOException {
    claim.close();
    if (files.taken(value)) {
      for (long below : files.claims().filter(number -> number < value).toArray()) {
        Optional<LockFile> left = LockFile.abandoned(files.claim(below));
        if (left.isPresent()) {
          left.get().close();
        }
      }
    }
  }
}
