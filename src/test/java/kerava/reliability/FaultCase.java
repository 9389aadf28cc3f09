package kerava.reliability;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * One thing that goes wrong.
 *
 * @param number which case of the run
 * @param subject what is written, by its place in the list
 * @param before the state that is there when it is written anew; 0 for none
 * @param operation which operation goes wrong, from 1
 * @param mode how
 * @param error the system's number
 */
record FaultCase(
    int number, int subject, int before, int operation, FaultControl.Mode mode, int error) {
  private static final int EIO = 5;
  private static final int EACCES = 13;
  private static final int EMFILE = 24;
  private static final int ENOSPC = 28;
  private static final int EROFS = 30;
  private static final int EDQUOT = 122;

  /** The ways in which an operation goes wrong. */
  private record Way(FaultControl.Mode mode, int error) {}

  private static final List<Way> WAYS =
      List.of(
          new Way(FaultControl.Mode.FAIL, EIO),
          new Way(FaultControl.Mode.FAIL, EACCES),
          new Way(FaultControl.Mode.FAIL, EMFILE),
          new Way(FaultControl.Mode.FAIL, EROFS),
          new Way(FaultControl.Mode.FAIL, EDQUOT),
          new Way(FaultControl.Mode.FULL, ENOSPC),
          new Way(FaultControl.Mode.SHORT, 0),
          new Way(FaultControl.Mode.SHORT_FAIL, ENOSPC),
          new Way(FaultControl.Mode.DEAD, 0),
          new Way(FaultControl.Mode.KILL, 0));

  private static final Map<Integer, String> ERRORS =
      Map.of(
          EIO, "EIO", EACCES, "EACCES", EMFILE, "EMFILE", ENOSPC, "ENOSPC", EROFS, "EROFS", EDQUOT,
          "EDQUOT", 0, "");

  /** One in so many of the cases that kill the process is had: each takes seconds. */
  private static final int KILLS = 10;

  /**
   * The cases of a run: the subjects take turns, each with its operations in each way in a random
   * order, which begins anew when all were had.
   *
   * @param operations how many there are, by subject and by whether something is there before
   */
  static List<FaultCase> all(
      List<Subject> subjects, List<List<Integer>> operations, long seed, int count) {
    Random random = new Random(seed);
    List<List<FaultCase>> every = new ArrayList<>();
    for (int i = 0; i < subjects.size(); i++) {
      every.add(of(i, operations.get(i)));
      Collections.shuffle(every.get(i), random);
    }
    int[] had = new int[subjects.size()];
    List<FaultCase> cases = new ArrayList<>();
    // Those with few operations have all of them often; of those with many, each comes some time.
    for (int i = 0; cases.size() < count; i = (i + 1) % subjects.size()) {
      if (random.nextInt(subjects.get(i).weight()) == 0) {
        List<FaultCase> own = every.get(i);
        FaultCase one = own.get(had[i] % own.size());
        had[i]++;
        if (one.mode() != FaultControl.Mode.KILL || random.nextInt(KILLS) == 0) {
          cases.add(new FaultCase(cases.size(), i, one.before, one.operation, one.mode, one.error));
        }
      }
    }
    return cases;
  }

  private static List<FaultCase> of(int subject, List<Integer> operations) {
    List<FaultCase> cases = new ArrayList<>();
    for (int before = 0; before < operations.size(); before++) {
      for (int operation = 1; operation <= operations.get(before); operation++) {
        for (Way way : WAYS) {
          cases.add(new FaultCase(0, subject, before, operation, way.mode(), way.error()));
        }
      }
    }
    return cases;
  }

  /** Whether the process writes nothing more after it, and so cannot clean up. */
  boolean endsAll() {
    return mode == FaultControl.Mode.DEAD || mode == FaultControl.Mode.KILL;
  }

  String way() {
    return (mode + " " + ERRORS.get(error)).strip();
  }
}
