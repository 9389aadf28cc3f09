package kerava.reliability;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import kerava.graph.Weights;
import kerava.train.Backups;
import kerava.train.Fit;
import kerava.train.Trainer;
import kerava.train.callbacks.ModelCheckpoint;
import org.apache.commons.io.file.PathUtils;

/** {@code tools/reliability/kills}: kills processes that write, at any moment. */
final class Kills {
  private static final int LANES = 2;

  /** How long after it is ready to write a process is killed at the latest, in microseconds. */
  private static final int LATEST = 250_000;

  /** How many processes go on with what one folder holds. */
  private static final int ROUNDS = 8;

  private static final int EPOCHS = 400;

  private final Path folder;
  private final Options options;
  private final Tally tally;
  private final List<Weights> undisturbed = new ArrayList<>();
  private int folders;

  private Kills(Path folder, Options options, Tally tally) {
    this.folder = folder;
    this.options = options;
    this.tally = tally;
  }

  /** Runs it; what was counted. */
  static Tally run(Options options, PrintStream out) throws Exception {
    Tally tally = new Tally("kills", options, out);
    Path folder = Machine.scratch("kerava-kills");
    try {
      new Kills(folder, options, tally).all();
    } finally {
      PathUtils.deleteDirectory(folder);
    }
    return tally;
  }

  private void all() throws Exception {
    Files.createDirectories(sources());
    train();
    Child first =
        Child.of(KillTarget.class, sources(), names())
            .sharing(archive())
            .errors(folder.resolve("errors"))
            .now();
    first.rest();
    if (first.process().waitFor() != 0) {
      throw new IOException("kills: " + Files.readString(folder.resolve("errors")));
    }
    ExecutorService lanes = Executors.newFixedThreadPool(LANES);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < LANES; i++) {
        long seed = options.seed() * LANES + i;
        running.add(lanes.submit(() -> lane(new Random(seed))));
      }
      for (Future<?> lane : running) {
        lane.get();
      }
    } finally {
      lanes.shutdownNow();
    }
  }

  private Path sources() {
    return folder.resolve("sources");
  }

  private Path names() {
    return folder.resolve("names");
  }

  private Path archive() {
    return folder.resolve("classes.jsa");
  }

  /** The weights after each epoch of a training that nobody kills. */
  private void train() {
    try (Trainer trainer = Small.trainer()) {
      ModelCheckpoint seen =
          ModelCheckpoint.always((epoch, view) -> undisturbed.add(view.weights()));
      trainer.fit(Small.data(1, 8), Fit.epochs(EPOCHS).batchSize(8).callbacks(seen));
    }
  }

  private synchronized Path fresh() throws IOException {
    return Files.createDirectory(folder.resolve("own-" + folders++));
  }

  private Void lane(Random random) throws Exception {
    List<Subject> subjects =
        Subjects.all(sources()).stream().filter(s -> options.wants(s.name())).toList();
    while (tally.goesOn()) {
      Subject subject = subjects.get(random.nextInt(subjects.size()));
      Path own = fresh();
      for (int i = 0; i < ROUNDS && tally.goesOn(); i++) {
        kill(subject, own, random);
      }
      PathUtils.deleteDirectory(own);
    }
    return null;
  }

  private void kill(Subject subject, Path own, Random random) throws Exception {
    Path errors = folder.resolve(own.getFileName() + ".err");
    Files.deleteIfExists(errors);
    Child child =
        Child.of(KillTarget.class, sources(), names(), subject.name(), own)
            .shared(archive())
            .errors(errors)
            .now();
    int last = -1;
    String line = child.out().readLine();
    if (line != null) {
      last = heard(subject, own, line, last);
      int slow = subject.weight() > ROUNDS ? ROUNDS : 1;
      TimeUnit.MICROSECONDS.sleep(random.nextInt(LATEST * slow));
      child.kill();
      for (String next : child.rest()) {
        last = heard(subject, own, next, last);
      }
    }
    int code = child.process().waitFor();
    tally.add(subject.name(), code == 137 ? "killed" : "ended");
    if (code != 137) {
      tally.lose(subject.name(), "ended by itself with " + code + ": " + tail(errors), repeat(own));
    } else {
      check(subject, own, last);
    }
  }

  private int heard(Subject subject, Path own, String line, int last) {
    if (line.startsWith("lost ")) {
      tally.lose(subject.name(), line.substring("lost ".length()), repeat(own));
      return last;
    }
    // The last line may have been cut off by the kill.
    return line.matches("(ready|done) \\d+")
        ? Integer.parseInt(line.substring(line.indexOf(' ') + 1))
        : last;
  }

  private void check(Subject subject, Path own, int last) {
    try {
      int found = subject.read(own);
      if (found != last && !subject.follows(last, found)) {
        tally.lose(subject.name(), "state " + last + " was there, got state " + found, repeat(own));
      }
      Path backup = own.resolve("training.backup");
      if (subject instanceof Logs.Backup
          && found > 0
          && !Backups.read(backup).equals(undisturbed.get(found - 1))) {
        tally.lose(subject.name(), "the weights after an epoch differ", repeat(own));
      }
    } catch (Exception e) {
      tally.lose(subject.name(), "what is there cannot be read: " + e, repeat(own));
    }
  }

  private String repeat(Path own) {
    return "seed " + options.seed() + ", " + own.getFileName();
  }

  private static String tail(Path errors) throws IOException {
    String text = Files.exists(errors) ? Files.readString(errors) : "";
    return text.substring(Math.max(0, text.length() - 1000)).replaceAll("\\s+", " ");
  }

  public static void main(String[] args) throws Exception {
    System.exit(run(Options.parse("kills", args, 40, 1000), System.out).finish());
  }
}
