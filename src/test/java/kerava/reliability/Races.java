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
import java.util.stream.Stream;
import kerava.saving.SavedModels;
import org.apache.commons.io.file.PathUtils;

/** {@code tools/reliability/races}: several processes that want the same thing at once. */
final class Races {
  private static final int PROCESSES = 3;
  private static final int EXPORTS = 12;

  /** How long each rename waits, in milliseconds, so that they meet. */
  private static final int DELAY = 400;

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
            TrainingRaces.run(option, races.fresh("trainings" + option), tally, races.repeat());
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
    check(base, said);
    PathUtils.deleteDirectory(own);
  }

  private void check(Path base, Map<String, Integer> said) throws IOException {
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
