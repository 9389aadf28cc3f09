package kerava.reliability;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.commons.io.file.PathUtils;

/** The process in which things go wrong, many of them, one after the other. */
final class FaultRunner {
  private final PrintStream out;
  private final Path cases;
  private final Path deferred;
  private final FaultControl control;
  private final List<Subject> subjects;
  private final List<TreeSet<String>> names;
  private final List<List<Integer>> operations;
  private String at = "";

  private FaultRunner(FaultPlace place, String only, PrintStream out) throws Exception {
    this.out = out;
    this.cases = place.cases();
    this.deferred = place.deferred();
    this.control = new FaultControl(place.control());
    this.subjects =
        Subjects.all(place.sources()).stream().filter(s -> s.name().contains(only)).toList();
    // All processes of a run number its cases alike, even where a count varies by one.
    FaultMeasures measures = FaultMeasures.of(place, subjects, control);
    this.operations = measures.operations();
    this.names = measures.names();
  }

  private void say(Object... words) {
    out.println(
        String.join(
            "\t",
            Arrays.stream(words).map(w -> String.valueOf(w).replaceAll("\\s+", " ")).toList()));
  }

  private Path folder(FaultCase one) {
    return cases.resolve("case-" + one.number());
  }

  private void run(FaultCase one) throws Exception {
    Subject subject = subjects.get(one.subject());
    Path folder = Files.createDirectories(folder(one));
    if (one.before() > 0) {
      subject.write(folder, 1);
    }
    Map<String, byte[]> earlier = Trees.visible(folder);
    int wanted = subject.next(one.before());
    if (one.endsAll()) {
      defer(one);
    }
    if (one.mode() == FaultControl.Mode.KILL) {
      say("kill", one.number());
    }
    Throwable thrown = null;
    control.arm(one.operation(), one.mode(), one.error());
    try {
      subject.write(folder, wanted);
    } catch (Exception | LinkageError | AssertionError e) {
      thrown = e;
    } finally {
      control.disarm();
      at = control.what();
    }
    if (!control.fired()) {
      say("add", subject.name(), "not reached");
      PathUtils.deleteDirectory(folder);
      return;
    }
    say("add", subject.name(), thrown == null ? "succeeded" : "refused");
    if (thrown != null) {
      check(one, thrown);
    }
    boolean old = state(one, folder, wanted, thrown != null || one.endsAll());
    Map<String, byte[]> now = Trees.visible(folder);
    boolean kept = subject.keepsAll() ? Trees.holds(now, earlier) : Trees.equal(now, earlier);
    if (old && !kept) {
      lose(one, "the files before were " + earlier.keySet() + ", are " + now.keySet());
    }
    if (one.endsAll()) {
      return;
    }
    if (at.startsWith("unlink") || at.startsWith("rmdir")) {
      defer(one);
      return;
    }
    after(one);
  }

  /** Sees that one whole state is there; whether it is the one before. */
  private boolean state(FaultCase one, Path folder, int wanted, boolean either) {
    try {
      int found = subjects.get(one.subject()).read(folder);
      boolean follows = subjects.get(one.subject()).follows(one.before(), found);
      if (!follows && !(either && found == one.before())) {
        lose(
            one,
            "expected state " + (either ? one.before() + " or " : "") + wanted + ", got " + found);
      }
      return found == one.before();
    } catch (Exception e) {
      lose(one, "what is there cannot be read: " + e);
      return false;
    }
  }

  /** Documented are exceptions of input and output that say which file. */
  private void check(FaultCase one, Throwable thrown) {
    Throwable cause = thrown instanceof UncheckedIOException ? thrown.getCause() : thrown;
    String message = String.valueOf(thrown.getMessage());
    boolean named =
        message.contains("case-" + one.number())
            || names.get(one.subject()).stream()
                .filter(name -> !name.contains("/"))
                .anyMatch(message::contains);
    if (!(cause instanceof IOException)) {
      lose(one, "expected an IOException, got " + thrown);
    } else if (!named) {
      lose(one, "expected the name of the file, got " + thrown);
    }
  }

  /** The next run succeeds, and leaves nothing behind. */
  private void after(FaultCase one) throws IOException {
    Subject subject = subjects.get(one.subject());
    Path folder = folder(one);
    try {
      int earlier = subject.read(folder);
      subject.write(folder, subject.next(earlier));
      int found = subject.read(folder);
      if (!subject.follows(earlier, found)) {
        lose(one, "the run after it, over state " + earlier + ", wrote what reads as " + found);
      }
      Set<String> left = new TreeSet<>(Trees.besides(folder, names.get(one.subject())));
      left.removeIf(subject::stays);
      if (!left.isEmpty()) {
        lose(one, "left behind after the next run: " + left);
      }
    } catch (Exception e) {
      lose(one, "the run after it failed: " + e);
    }
    PathUtils.deleteDirectory(folder);
  }

  private void lose(FaultCase one, String what) {
    say(
        "loss",
        subjects.get(one.subject()).name(),
        what,
        "case %d: %s at operation %d (%s) over state %d"
            .formatted(one.number(), one.way(), one.operation(), at, one.before()));
  }

  // What a dead process left may be removed by a later process only.
  private void defer(FaultCase one) throws IOException {
    Files.writeString(
        deferred, one.number() + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private void sweep(List<FaultCase> all, int killed) throws IOException {
    if (!Files.exists(deferred)) {
      return;
    }
    for (String line : Files.readAllLines(deferred)) {
      FaultCase one = all.get(Integer.parseInt(line));
      at = "in a process that is gone";
      if (!Files.exists(folder(one))) {
        continue; // What was to go wrong did not happen.
      }
      if (one.number() == killed) {
        say("add", subjects.get(one.subject()).name(), "killed");
        state(one, folder(one), subjects.get(one.subject()).next(one.before()), true);
      }
      after(one);
    }
    Files.delete(deferred);
  }

  /**
   * Runs cases.
   *
   * @param args the folder of the run, part of the subjects' names, the seed, how many cases, from
   *     which on, the number of the one that killed the process before or -1, and until when in
   *     milliseconds since 1970
   */
  public static void main(String[] args) throws Exception {
    // Commands print, too.
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    FaultRunner runner = new FaultRunner(new FaultPlace(Path.of(args[0])), args[1], out);
    List<FaultCase> all =
        FaultCase.all(
            runner.subjects, runner.operations, Long.parseLong(args[2]), Integer.parseInt(args[3]));
    runner.sweep(all, Integer.parseInt(args[5]));
    long until = Long.parseLong(args[6]);
    for (int i = Integer.parseInt(args[4]);
        i < all.size() && System.currentTimeMillis() < until;
        i++) {
      runner.run(all.get(i));
    }
    runner.say("done");
    System.exit(0);
  }
}
