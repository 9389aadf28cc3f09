package kerava.reliability;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.io.file.PathUtils;

/** {@code tools/reliability/faults}: lets file operations of all writers go wrong. */
final class Faults {
  private static final int MINUTE = 60_000;

  private final FaultPlace place;
  private final Options options;
  private final Tally tally;
  private int next;
  private int killed = -1;

  private Faults(FaultPlace place, Options options, Tally tally) {
    this.place = place;
    this.options = options;
    this.tally = tally;
  }

  /** Runs it; what was counted. */
  static Tally run(Options options, PrintStream out) throws IOException, InterruptedException {
    Tally tally = new Tally("faults", options, out);
    Path folder = Machine.scratch("kerava-faults");
    try {
      FaultPlace place = new FaultPlace(folder);
      Files.createDirectories(place.cases());
      Files.createDirectories(place.sources());
      new Faults(place, options, tally).all(FaultControl.build(folder));
    } finally {
      PathUtils.deleteDirectory(folder);
    }
    return tally;
  }

  private void all(Path library) throws IOException, InterruptedException {
    new FaultControl(place.control());
    long until = System.currentTimeMillis() + (long) (options.minutes() * MINUTE);
    boolean done = false;
    while (!done || Files.exists(place.deferred())) {
      int began = next;
      Child child =
          Child.of(
                  FaultRunner.class,
                  place.folder(),
                  options.only(),
                  options.seed(),
                  options.count(),
                  done ? options.count() : next,
                  killed,
                  until)
              .environment(FaultControl.environment(library, place.control(), place.cases()))
              .errors(place.folder().resolve("errors"))
              .now();
      killed = -1;
      boolean ended = false;
      for (String line; (line = child.out().readLine()) != null; ) {
        ended |= heard(line.split("\t", -1));
      }
      int code = child.process().waitFor();
      done |= ended;
      if (!ended && killed < 0) {
        tally.lose("process", "ended with " + code + ": " + errors(), "case " + next);
        done = next == began;
      }
      // Neither a case that killed its process nor one that ended it is tried again.
      next += ended ? 0 : 1;
    }
  }

  private boolean heard(String[] words) {
    switch (words[0]) {
      case "add" -> {
        // Of one that was killed the next process tells.
        next += words[2].equals("killed") ? 0 : 1;
        killed = -1;
        tally.add(words[1], words[2]);
      }
      case "kill" -> killed = Integer.parseInt(words[1]);
      case "loss" -> tally.lose(words[1], words[2], words[3] + ", seed " + options.seed());
      default -> {
        return words[0].equals("done");
      }
    }
    return false;
  }

  private String errors() throws IOException {
    Path file = place.folder().resolve("errors");
    String text = Files.exists(file) ? Files.readString(file) : "";
    return text.substring(Math.max(0, text.length() - 2000));
  }

  public static void main(String[] args) throws Exception {
    Options options = Options.parse("faults", args, 30, 10_000);
    if (!FaultControl.available()) {
      System.err.println("faults: expected Linux with gcc, found another system. Nothing was run.");
      System.exit(2);
    }
    System.exit(run(options, System.out).finish());
  }
}
