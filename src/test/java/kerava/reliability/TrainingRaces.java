package kerava.reliability;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import kerava.cli.Main;
import org.apache.commons.io.file.PathUtils;

/** Two trainings that would share a folder. */
final class TrainingRaces {
  /** A second training has to be told within this time; a JVM starts within it, too. */
  private static final long AT_ONCE = 30;

  private static final long LOOK = 50;

  /** Epochs that last longer than anybody waits. */
  private static final int LONG = 1_000_000;

  private TrainingRaces() {}

  private static Child.Start command(Object... words) {
    return Child.of(Main.class, words);
  }

  /**
   * Of two trainings that would share a folder the second is told at once, and the first goes on.
   */
  static void run(String option, Path own, Tally tally, String repeat) throws Exception {
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
      tally.lose(kind, "the first training was over before the second one began", repeat);
    }
    if (goesOn && !second.process().isAlive()) {
      tally.lose(kind, "the second one ended", repeat);
    }
    if (goesOn || !told) {
      second.kill();
    }
    String text = Files.readString(errors).strip();
    if (!told) {
      tally.add(kind, "not told");
      tally.lose(kind, "the second one was not told within " + AT_ONCE + " s", repeat);
    } else if (!goesOn && second.process().exitValue() == 0) {
      tally.add(kind, "not told");
      tally.lose(kind, "the second one ended with 0", repeat);
    } else {
      boolean sentence = text.lines().count() == 1 && (goesOn || text.contains("expected"));
      tally.add(kind, "told");
      tally.note(kind, "told after " + millis + " ms: " + text.replace(own.toString(), ""));
      if (!sentence || !text.contains(pid)) {
        tally.lose(kind, "expected one sentence that names the process, got " + text, repeat);
      }
    }
    first.kill();
    first.rest();
    first.process().waitFor();
    PathUtils.deleteDirectory(own);
  }

  private static Child training(Path own, String option, Path shared, Path out, int epochs)
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
}
