package kerava.cli;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The number of a training, which no other process can take. Numbers only grow: one whose process
 * was killed is passed over.
 *
 * @param files where it is a number
 * @param value 1 or more
 */
record RunNumber(RunFiles files, long value) implements AutoCloseable {
  /**
   * Takes the next number.
   *
   * @throws IOException if the folder cannot be written
   */
  static RunNumber claim(RunFiles files) throws IOException {
    Files.createDirectories(files.savedModels());
    while (true) {
      long next = files.highest() + 1;
      Path claim = files.claim(next);
      try {
        Files.createFile(claim);
      } catch (FileAlreadyExistsException e) {
        continue; // Another process was faster.
      }
      // It may have been faster by so much that it has written all and withdrawn its claim.
      if (!files.taken(next)) {
        return new RunNumber(files, next);
      }
      Files.delete(claim);
    }
  }

  /** Withdraws the claim, when what it was for is written, or cannot be. */
  @Override
  public void close() throws IOException {
    Files.deleteIfExists(files.claim(value));
  }
}
