package kerava.reliability;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.commons.io.file.PathUtils;

/**
 * {@code tools/reliability/fuzz}: damages files of all formats; two processes read them, one what
 * Java reads and one what TensorFlow does, and are started anew where an input ends them.
 */
final class Fuzz {
  private static final List<String> SIDES = List.of("java", "native");

  private final Path folder;
  private final Options options;
  private final Tally tally;

  private Fuzz(Path folder, Options options, Tally tally) {
    this.folder = folder;
    this.options = options;
    this.tally = tally;
  }

  /** Runs it; what was counted. */
  static Tally run(Options options, PrintStream out) throws Exception {
    Tally tally = new Tally("fuzz", options, out);
    Path folder = Machine.scratch("kerava-fuzz");
    ExecutorService lanes = Executors.newFixedThreadPool(SIDES.size());
    try {
      Fuzz fuzz = new Fuzz(folder, options, tally);
      List<Future<?>> running = new ArrayList<>();
      for (String side : SIDES) {
        running.add(lanes.submit(() -> fuzz.lane(side)));
      }
      for (Future<?> lane : running) {
        lane.get();
      }
    } finally {
      lanes.shutdownNow();
      PathUtils.deleteDirectory(folder);
    }
    return tally;
  }

  private Path kept() {
    return options.kept().toAbsolutePath();
  }

  private Void lane(String side) throws Exception {
    Path current = Files.createDirectory(folder.resolve(side));
    Path corpus = options.corpus().orElse(folder.resolve("corpus")).toAbsolutePath();
    Path errors = folder.resolve(side + ".err");
    long next = 0;
    do {
      Files.deleteIfExists(current.resolve("case"));
      Files.deleteIfExists(errors);
      List<Object> args =
          new ArrayList<>(
              List.of(current, corpus, kept(), side, options.only(), options.seed(), next));
      options.replay().ifPresent(args::add);
      Child child =
          Child.of(FuzzRunner.class, args.toArray())
              .java(
                  "-Xmx1g",
                  "-Djava.io.tmpdir=" + current,
                  "-XX:-CreateCoredumpOnCrash",
                  "-XX:+SuppressFatalErrorMessage")
              .errors(errors)
              .now();
      boolean stopped = listen(child);
      int code = child.process().waitFor();
      if (stopped || code == 0) {
        return null;
      }
      next = died(current, code, errors) + 1;
    } while (tally.goesOn() && options.replay().isEmpty());
    return null;
  }

  /** Until the process ends, or there were enough. */
  private boolean listen(Child child) throws IOException {
    for (String line; (line = child.out().readLine()) != null; ) {
      String[] words = line.split("\t", -1);
      if (words[0].equals("add")) {
        tally.add(words[1], words[2], Long.parseLong(words[3]));
      } else if (words[0].equals("loss")) {
        tally.lose(words[1], words[2], repeat(words[1], Path.of(words[3])));
      }
      if (!tally.goesOn()) {
        child.kill();
        return true;
      }
    }
    return false;
  }

  private static String repeat(String kind, Path input) {
    return "--only \"" + kind + "\" --replay " + input;
  }

  /** Says which input it was; its number. */
  private long died(Path current, int code, Path errors) throws IOException {
    String text = Files.exists(errors) ? Files.readString(errors) : "";
    String end = text.substring(Math.max(0, text.length() - 400));
    if (!Files.exists(current.resolve("case"))) {
      throw new IOException("fuzz: a process did not begin, ended with " + code + ": " + end);
    }
    String[] words = Files.readString(current.resolve("case")).split("\t", -1);
    FuzzInput input = FuzzInput.read(current.resolve("input"));
    String what =
        code == FuzzWatch.HANGS
            ? "takes more than " + FuzzWatch.SECONDS + " seconds of the processor"
            : "ended the process with " + code + " " + end.replaceAll("\\s+", " ");
    tally.add(words[1], code == FuzzWatch.HANGS ? "hangs" : "aborts");
    Path kept = kept().resolve(FuzzRunner.folder(words[1])).resolve(input.id());
    input.write(kept);
    tally.lose(words[1], what, repeat(words[1], kept));
    return Long.parseLong(words[0]);
  }

  public static void main(String[] args) throws Exception {
    System.exit(run(Options.parse("fuzz", args, 60, 1_000_000), System.out).finish());
  }
}
