package kerava.reliability;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A process that reads many damaged files, and is watched while it does. */
final class FuzzRunner {
  /** What Java may allocate beside so many times what the files have. */
  static final long ALLOCATED = 64L << 20;

  static final int TIMES = 16;
  private static final int CORPUS = 300;
  private static final int EVERY = 50;
  private static final int KEPT = 3;

  private final PrintStream out;
  private final Path current;
  private final Path corpus;
  private final Path kept;
  private final FuzzWatch watch = new FuzzWatch();
  private final Map<String, List<FuzzInput>> seeds = new HashMap<>();
  private final Set<String> seen = new HashSet<>();
  private final Map<String, Integer> told = new HashMap<>();
  private final Map<String, Long> outcomes = new TreeMap<>();
  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private FuzzRunner(PrintStream out, Path current, Path corpus, Path kept) {
    this.out = out;
    this.current = current;
    this.corpus = corpus;
    this.kept = kept;
  }

  /** What an input did: it was read, or refused with a sentence; anything else is a loss. */
  private String outcome(FuzzKind kind, FuzzInput input) throws IOException {
    input.write(current.resolve("input"));
    Throwable thrown = null;
    long allocated = threads.getCurrentThreadAllocatedBytes();
    watch.begin();
    try {
      kind.reader().read(current.resolve("input"));
    } catch (Exception | Error e) {
      thrown = e;
    }
    watch.end();
    allocated = threads.getCurrentThreadAllocatedBytes() - allocated;
    if (allocated > TIMES * input.size() + ALLOCATED) {
      lose(
          kind,
          input,
          "allocated more than "
              + TIMES
              + " x "
              + input.size() / 1024
              + " KB + 64 MB: "
              + (allocated >> 20)
              + " MB");
      return "allocates";
    }
    if (thrown == null) {
      return "read";
    }
    if (kind.expects(thrown)) {
      grow(kind, input, thrown);
      return "refused";
    }
    lose(kind, input, described(thrown));
    return "other";
  }

  private static String described(Throwable thrown) {
    Throwable cause = thrown instanceof java.io.UncheckedIOException ? thrown.getCause() : thrown;
    String place = place(cause);
    String message = String.valueOf(cause.getMessage());
    return cause.getClass().getSimpleName()
        + place
        + ": "
        + message.substring(0, Math.min(160, message.length()));
  }

  private static String place(Throwable thrown) {
    return Stream.of(thrown.getStackTrace())
        .filter(frame -> frame.getClassName().startsWith("kerava."))
        .findFirst()
        .map(frame -> " at " + frame.getFileName() + ":" + frame.getLineNumber())
        .orElse("");
  }

  /** Keeps inputs that are refused for a reason that was not met yet, to damage them further. */
  private void grow(FuzzKind kind, FuzzInput input, Throwable thrown) throws IOException {
    Throwable cause = thrown.getCause() == null ? thrown : thrown.getCause();
    String message = String.valueOf(thrown.getMessage()).replaceAll("\"[^\"]*\"|\\d+|/\\S+", "#");
    String reason =
        kind.name()
            + place(thrown)
            + place(cause)
            + message.substring(0, Math.min(60, message.length()));
    List<FuzzInput> known = seeds.get(kind.name());
    if (seen.add(reason) && known.size() < CORPUS && input.size() < 4 * largest(kind)) {
      known.add(input);
      say("add", kind.name(), "new", 0);
      input.write(corpus.resolve(folder(kind.name())).resolve(input.id()));
    }
  }

  private static long largest(FuzzKind kind) {
    return kind.seeds().stream().mapToLong(FuzzInput::size).max().orElse(0);
  }

  static String folder(String kind) {
    return kind.replaceAll("\\W+", "_");
  }

  private void lose(FuzzKind kind, FuzzInput input, String what) throws IOException {
    Path own = kept.resolve(folder(kind.name())).resolve(input.id());
    if (told.merge(kind.name() + what.replaceAll("\\d+|/\\S+", "#"), 1, Integer::sum) <= KEPT) {
      input.write(own);
    }
    say("loss", kind.name(), what, own);
  }

  private void say(Object... words) {
    out.println(
        String.join(
            "\t",
            Stream.of(words)
                .map(w -> String.valueOf(w).replaceAll("[\\s\\p{Cntrl}]+", " "))
                .toList()));
  }

  private void load(FuzzKind kind) throws IOException {
    List<FuzzInput> known = new ArrayList<>(kind.seeds());
    Path folder = corpus.resolve(folder(kind.name()));
    if (Files.isDirectory(folder)) {
      try (Stream<Path> inputs = Files.list(folder)) {
        for (Path input : inputs.sorted().limit(CORPUS).toList()) {
          known.add(FuzzInput.read(input));
        }
      }
    }
    seeds.put(kind.name(), known);
  }

  private void run(List<FuzzKind> kinds, long seed, long from) throws IOException {
    for (FuzzKind kind : kinds) {
      load(kind);
    }
    // Without the process that listens there is no use in going on.
    for (long i = from; i % EVERY > 0 || !out.checkError(); i++) {
      FuzzKind kind = kinds.get((int) (i % kinds.size()));
      Random random = new Random(seed * 1_000_003 + i);
      List<FuzzInput> known = seeds.get(kind.name());
      // Half of the time one of the first, which are whole.
      int first = kind.seeds().size();
      FuzzInput base = known.get(random.nextInt(random.nextBoolean() ? first : known.size()));
      FuzzInput input = kind.change().apply(base, random);
      // If the process ends now, this is what it was reading.
      Files.writeString(current.resolve("case"), i + "\t" + kind.name());
      outcomes.merge(kind.name() + "\t" + outcome(kind, input), 1L, Long::sum);
      if (i % EVERY == 0) {
        outcomes.forEach((what, times) -> out.println("add\t" + what + "\t" + times));
        outcomes.clear();
      }
    }
  }

  /**
   * Reads damaged files until it is killed.
   *
   * @param args a folder for what is read now, one for the corpus, one for what is lost, "native"
   *     or "java", part of the kinds' names, the seed, the number of the first input; a kept input
   *     to read only that
   */
  public static void main(String[] args) throws Exception {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    Path current = Path.of(args[0]);
    FuzzRunner runner = new FuzzRunner(out, current, Path.of(args[1]), Path.of(args[2]));
    List<FuzzKind> kinds =
        FuzzKinds.all(current.resolve("made")).stream()
            .filter(kind -> kind.isNative() == args[3].equals("native"))
            .filter(kind -> Stream.of(args[4].split(",")).anyMatch(kind.name()::contains))
            .toList();
    if (kinds.isEmpty()) {
      System.exit(0);
    }
    runner.watch.watch();
    if (args.length == 8) {
      FuzzKind kind =
          kinds.stream().filter(one -> one.name().equals(args[4])).findFirst().orElse(kinds.get(0));
      Files.writeString(current.resolve("case"), "0\t" + kind.name());
      runner.load(kind);
      String outcome = runner.outcome(kind, FuzzInput.read(Path.of(args[7])));
      runner.say("add", kind.name(), outcome, 1);
      System.exit(0);
    }
    runner.run(kinds, Long.parseLong(args[5]), Long.parseLong(args[6]));
  }
}
