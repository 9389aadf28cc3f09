package kerava.graph;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * How many threads compute within one operation.
 *
 * <p>TensorFlow keeps one pool of them for the whole process, as large as its first session asked
 * for, unless the environment variable {@code TF_OVERRIDE_GLOBAL_THREADPOOL} gives each session a
 * pool of its own.
 */
final class IntraOpThreads {
  /** With fewer threads than this, oneDNN in TensorFlow 2.18 runs most kernels on one alone. */
  private static final int LEAST = 4;

  private static OptionalInt shared = OptionalInt.empty();

  private IntraOpThreads() {}

  /** Whether there are cores to share work between, but fewer than oneDNN makes good use of. */
  static boolean fewCores() {
    return cores() > 1 && cores() < LEAST;
  }

  static int cores() {
    return Runtime.getRuntime().availableProcessors();
  }

  /** What to ask for where single operations must keep all cores busy; 0: TensorFlow's default. */
  static int wide() {
    return fewCores() && chosenOutside().isEmpty() ? LEAST : 0;
  }

  /** What to ask for where whole parts of the graph, or whole runs, keep the cores busy. */
  static int narrow() {
    return fewCores() && chosenOutside().isEmpty() ? 1 : 0;
  }

  /** Notes that a session is opened, and says how many threads it meets. */
  static synchronized int claim(int asked) {
    int met = expected(asked);
    if (!ownPools() && shared.isEmpty()) {
      shared = OptionalInt.of(met);
    }
    return met;
  }

  /** How many threads a session would meet. */
  static synchronized int expected(int asked) {
    return ownPools() ? resolved(asked) : shared.orElse(resolved(asked));
  }

  private static int resolved(int asked) {
    return asked > 0 ? asked : chosenOutside().orElse(cores());
  }

  private static OptionalInt chosenOutside() {
    return Optional.ofNullable(System.getenv("TF_NUM_INTRAOP_THREADS"))
        .filter(text -> text.matches("[1-9]\\d{0,3}"))
        .map(text -> OptionalInt.of(Integer.parseInt(text)))
        .orElse(OptionalInt.empty());
  }

  private static boolean ownPools() {
    String value = System.getenv("TF_OVERRIDE_GLOBAL_THREADPOOL");
    return value != null && value.matches("1|(?i)true");
  }
}
