package kerava.reliability;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import kerava.cli.Main;
import kerava.saving.SavedModels;
import org.apache.commons.io.file.PathUtils;

/** {@code tools/reliability/races}: several processes that want the same thing at once. */
final class Races {
  private static final int PROCESSES = 3;
  private static final int EXPORTS = 12;

  /** How long each rename waits, in milliseconds, so that they meet. */
  private static final int DELAY = 400;

  /** A second training has to be told within this time; a JVM starts within it, too. */
  private static final long AT_ONCE = 30;

  private static final long LOOK = 50;

  /** Epochs that last longer than anybody waits. */
  private static final int LONG = 1_000_000;

  private final Path folder;
  private final Tally tally;
  private int round;

  private Races(Path folder, Tally tally) {
    this.folder = folder;
    this.tally = tally;
  }

  /** Runs rounds; what was counted. */
  static Tally run(Options options, PrintStream out) throws Exception {
    Tally tally = new Tally("races", options, out);
    Path folder = Machine.scratch("kerava-races");
    try {
      Races races = new Races(folder, tally);
      while (tally.goesOn()) {
        races.round++;
        if (options.wants("exports")) {
          races.exports();
        }
        for (String option : List.of("--backup", "--out")) {
          if (options.wants("trainings")) {
            races.trainings(option);
          }
        }
        if (options.wants("unpacking")) {
          races.unpacking();
        }
      }
    } finally {
      PathUtils.deleteDirectory(folder);
    }
    return tally;
  }

  private Path fresh(String name) throws IOException {
    return Files.createDirectory(folder.resolve(name + round));
  }

  /**
   * Several processes export into one base; each version is there, whole, with a number of its own.
   */
  private void exports() throws Exception {
    Path own = fresh("exports");
    Path base = own.resolve("base");
    Map<String, String> environment = Map.of();
    if (FaultControl.available()) {
      Path control = own.resolve("control");
      new FaultControl(control).arm(0, FaultControl.Mode.DELAY, DELAY);
      environment = FaultControl.environment(FaultControl.build(own), control, base);
    } else {
      tally.note("exports", "without delayed renames: they need Linux and gcc");
    }
    List<Child> children = new ArrayList<>();
    for (int i = 0; i < PROCESSES; i++) {
      children.add(
          Child.of(Exports.class, base, EXPORTS, i + 1)
              .environment(environment)
              .errors(own.resolve("errors" + i))
              .now());
    }
    Map<String, Integer> said = new HashMap<>();
    for (int i = 0; i < PROCESSES; i++) {
      for (String line : children.get(i).rest()) {
        if (line.startsWith("exported ")) {
          if (said.put(line.substring("exported ".length()), i + 1) != null) {
            tally.lose("exports", "a number was given twice: " + line, repeat());
          }
        } else {
          tally.lose("exports", line, repeat());
        }
      }
      int code = children.get(i).process().waitFor();
      if (code != 0) {
        tally.lose("exports", "a process ended with " + code, repeat());
      }
    }
    judge(base, said);
    PathUtils.deleteDirectory(own);
  }

  private void judge(Path base, Map<String, Integer> said) throws IOException {
    int whole = 0;
    for (Map.Entry<String, Integer> one : said.entrySet()) {
      int state = Small.state(SavedModels.read(base.resolve(one.getKey())).weights());
      if (state != one.getValue()) {
        tally.lose("exports", one.getKey() + " holds what another process wrote", repeat());
      }
      whole++;
    }
    tally.add("exports", "whole", whole);
    if (whole != PROCESSES * EXPORTS) {
      tally.lose("exports", whole + " of " + PROCESSES * EXPORTS + " are there", repeat());
    }
    TreeSet<String> left = new TreeSet<>();
    try (Stream<Path> entries = Files.list(base)) {
      entries
          .map(entry -> entry.getFileName().toString())
          .filter(name -> name.startsWith(".export"))
          .forEach(left::add);
    }
    if (!left.isEmpty()) {
      tally.lose("exports", "left behind: " + left, repeat());
    }
  }

  private static Child.Start command(Object... words) {
    return Child.of(Main.class, words);
  }

  /**
   * Of two trainings that would share a folder the second is told at once, and the first goes on.
   */
  private void trainings(String option) throws Exception {
    Path own = fresh("trainings" + option);
    Path shared = own.resolve("shared");
    Child first = training(own, option, shared, own.resolve("out1"), LONG);
    for (String line; (line = first.out().readLine()) != null; ) {
      if (line.contains("2/" + LONG)) {
        break;
      }
    }
    long began = System.nanoTime();
    Child second = training(own, option, shared, own.resolve("out2"), LONG);
    String kind = "trainings " + option;
    // A second run into one --out gets a number of its own and goes on; all else is for one run.
    boolean goesOn = option.equals("--out");
    Path errors = own.resolve("err-out2");
    String pid = String.valueOf(first.process().pid());
    boolean told = false;
    while (!told && System.nanoTime() - began < TimeUnit.SECONDS.toNanos(AT_ONCE)) {
      told =
          goesOn
              ? Files.exists(errors) && Files.readString(errors).contains(pid)
              : second.process().waitFor(LOOK, TimeUnit.MILLISECONDS);
      Thread.sleep(LOOK);
    }
    long millis = (System.nanoTime() - began) / 1_000_000;
    if (!first.process().isAlive()) {
      tally.lose(kind, "the first training was over before the second one began", repeat());
    }
    if (goesOn && !second.process().isAlive()) {
      tally.lose(kind, "the second one ended", repeat());
    }
    if (goesOn || !told) {
      second.kill();
    }
    String text = Files.readString(errors).strip();
    if (!told) {
      tally.add(kind, "not told");
      tally.lose(kind, "the second one was not told within " + AT_ONCE + " s", repeat());
    } else if (!goesOn && second.process().exitValue() == 0) {
      tally.add(kind, "not told");
      tally.lose(kind, "the second one ended with 0", repeat());
    } else {
      boolean sentence = text.lines().count() == 1 && (goesOn || text.contains("expected"));
      tally.add(kind, "told");
      tally.note(kind, "told after " + millis + " ms: " + text.replace(own.toString(), ""));
      if (!sentence || !text.contains(pid)) {
        tally.lose(kind, "expected one sentence that names the process, got " + text, repeat());
      }
    }
    first.kill();
    first.rest();
    first.process().waitFor();
    PathUtils.deleteDirectory(own);
  }

  private Child training(Path own, String option, Path shared, Path out, int epochs)
      throws IOException {
    Path sources = Files.createDirectories(own.resolve("sources"));
    List<Object> words =
        new ArrayList<>(
            List.of(
                "train",
                "--model",
                Subjects.source(sources, 1),
                "--dataset",
                new Training(sources).images(),
                "--epochs",
                epochs,
                "--device",
                "cpu",
                "--seed",
                1,
                option,
                shared));
    if (!option.equals("--out")) {
      words.addAll(List.of("--out", out));
    }
    return command(words.toArray()).errors(own.resolve("err-" + out.getFileName())).now();
  }

  /** Two processes that both find TensorFlow's library not unpacked yet. */
  private void unpacking() throws Exception {
    Path own = fresh("unpacking");
    List<Child> children = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      children.add(
          Child.of(Exports.class, own.resolve("base" + i), 1, 1)
              .java("-Dorg.bytedeco.javacpp.cachedir=" + own.resolve("cache"))
              .errors(own.resolve("errors" + i))
              .now());
    }
    for (int i = 0; i < 2; i++) {
      List<String> lines = children.get(i).rest();
      int code = children.get(i).process().waitFor();
      if (code == 0 && lines.equals(List.of("exported 1"))) {
        tally.add("unpacking", "works");
      } else {
        tally.lose(
            "unpacking",
            code + ": " + lines + " " + Files.readString(own.resolve("errors" + i)),
            repeat());
      }
    }
    PathUtils.deleteDirectory(own);
  }

  private String repeat() {
    return "round " + round;
  }

  /** Exports a model some times. */
  static final class Exports {
    private Exports() {}

    /** Takes the base, how often, and the state; prints the numbers. */
    public static void main(String[] args) {
      for (int i = 0; i < Integer.parseInt(args[1]); i++) {
        try {
          Path version =
              SavedModels.export(Small.stored(Integer.parseInt(args[2])), Path.of(args[0]));
          System.out.println("exported " + version.getFileName());
        } catch (IOException | RuntimeException e) {
          System.out.println("failed " + e);
        }
      }
      System.exit(0);
    }
  }

  public static void main(String[] args) throws Exception {
    System.exit(run(Options.parse("races", args, 5, 36), System.out).finish());
  }
}
