package kerava.reliability;

import java.nio.file.Path;

/**
 * Something that is written, and found again: in each state, a number stands in all of it, so that
 * a mixture of two states shows.
 */
interface Subject {
  /** The states that follow each other, over and over. */
  int STATES = 8;

  String name();

  /**
   * Writes a state below a folder.
   *
   * @throws Exception whatever the library throws
   */
  void write(Path folder, int state) throws Exception;

  /**
   * Reads all of it.
   *
   * @return the state; 0 if there is none
   * @throws Exception if anything of it is missing, half or damaged
   */
  int read(Path folder) throws Exception;

  /** The state after a state. */
  default int next(int state) {
    return state % STATES + 1;
  }

  /** Whether a state is the one that a write after another gives. */
  default boolean follows(int earlier, int state) {
    return state == next(earlier);
  }

  /** What a run that ended may leave until another one writes into the very same folder. */
  default boolean stays(String name) {
    return false;
  }

  /** Whether each state is written beside the earlier ones, which stay as they are. */
  default boolean keepsAll() {
    return false;
  }

  /** How many times as long as others a write takes; those that take long get fewer cases. */
  default int weight() {
    return 1;
  }
}
