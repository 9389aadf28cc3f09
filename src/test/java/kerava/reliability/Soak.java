package kerava.reliability;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.io.file.PathUtils;

/**
 * {@code tools/reliability/soak}: trains, predicts, opens and closes for long, in a process whose
 * memory, threads and descriptors are looked at.
 */
final class Soak {
  /** What is done, with how often in a whole run. */
  enum Phase {
    STEPS(100_000),
    PREDICTIONS(1_000_000),
    TRAINERS(1_000),
    PREDICTORS(1_000),
    SAVED_MODELS(1_000);

    private final long whole;

    Phase(long whole) {
      this.whole = whole;
    }

    /** How often it is done. */
    long times(double part) {
      return Math.max(1, Math.round(whole * part));
    }
  }

  /** Heap and code cache are there from the beginning, so that only what is not freed grows. */
  private static final List<String> JAVA =
      List.of(
          "-Xms256m",
          "-Xmx256m",
          "-XX:+AlwaysPreTouch",
          "-XX:ReservedCodeCacheSize=64m",
          "-XX:MaxMetaspaceSize=160m");

  private Soak() {}

  /**
   * Runs it; what was counted.
   *
   * @param part how much of a whole run
   * @param most how much memory may grow behind the warm-up, as a part of it
   */
  static Tally run(Options options, double part, double most, PrintStream out) throws Exception {
    Tally tally = new Tally("soak", options, out);
    Path folder = Machine.scratch("kerava-soak");
    try {
      for (Phase phase : Phase.values()) {
        if (options.wants(phase.name().toLowerCase(java.util.Locale.ROOT))) {
          phase(tally, phase, phase.times(part), most, folder);
        }
      }
    } finally {
      PathUtils.deleteDirectory(folder);
    }
    return tally;
  }

  private static void phase(Tally tally, Phase phase, long times, double most, Path folder)
      throws IOException, InterruptedException {
    Path errors = folder.resolve("errors-" + phase);
    Child child =
        Child.of(
                SoakRunner.class,
                phase,
                times,
                most,
                Files.createDirectory(folder.resolve("" + phase)))
            .java(JAVA.toArray(new String[0]))
            // One allocator's arena, so that memory does not depend on which thread frees it.
            .environment(java.util.Map.of("MALLOC_ARENA_MAX", "1"))
            .errors(errors)
            .now();
    for (String line; (line = child.out().readLine()) != null; ) {
      String[] words = line.split("\t", -1);
      switch (words[0]) {
        case "add" -> tally.add(phase.name(), "done", Long.parseLong(words[1]));
        case "note" -> tally.note(phase + " " + words[1], words[2]);
        case "loss" -> tally.lose(phase.name(), words[1], times + " times");
        default -> {
          // Of other words the process has none.
        }
      }
    }
    int code = child.process().waitFor();
    if (code != 0) {
      String text = Files.readString(errors);
      tally.lose(phase.name(), "ended with " + code + ": " + text, times + " times");
    }
  }

  public static void main(String[] args) throws Exception {
    Options options = Options.parse("soak", args, 60, 100);
    System.exit(run(options, options.count() / 100.0, 0.02, System.out).finish());
  }
}
