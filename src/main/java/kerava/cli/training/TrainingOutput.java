package kerava.cli.training;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import kerava.Model;
import kerava.StoredModel;
import kerava.cli.options.DataOptions;
import kerava.cli.terminal.Console;
import kerava.cli.terminal.Failures;
import kerava.cli.terminal.Shell;
import kerava.data.Dataset;
import kerava.data.Split;
import kerava.files.Folders;
import kerava.graph.Array;
import kerava.images.Preprocessing;
import kerava.report.TestRun;
import kerava.report.TrainingReport;
import kerava.saving.ExportOptions;
import kerava.saving.KerasArchive;
import kerava.saving.SavedModels;
import kerava.train.Evaluation;
import kerava.train.Trainer;

/**
 * The files that a training leaves behind. Those of earlier trainings stay: each has a number, and
 * the names without one are the newest.
 */
public final class TrainingOutput {
  private static final int WARM_UP_IMAGES = 1;

  private final RunFiles files;
  private final List<String> program;
  private final DataOptions.Arguments data;
  private final List<Path> kept = new ArrayList<>();
  private final List<Path> written = new ArrayList<>();
  private long number;
  private boolean newest;

  private TrainingOutput(RunFiles files, List<String> program, DataOptions.Arguments data) {
    this.files = files;
    this.program = program;
    this.data = data;
  }

  /**
   * What a training ended with.
   *
   * @param result the trained model and its history
   * @param evaluation what it reaches on the test images
   * @param split the data
   * @param settings what the run was made with
   */
  record Outcome(
      TrainingJob.Result result,
      Evaluation evaluation,
      Split split,
      Map<String, Object> settings) {}

  /**
   * Makes sure, before hours of training, that there is somewhere to write.
   *
   * @param data what chooses the data again
   * @throws IOException if the folder cannot be written or holds something else under these names
   */
  public static TrainingOutput prepare(RunFiles files, DataOptions.Arguments data, Console console)
      throws IOException {
    SavedModels.checkBase(files.out().resolve(files.name()));
    Folders.probe("--out", files.out());
    if (Files.isDirectory(files.archive())) {
      throw new FileAlreadyExistsException(
          files.archive().toString(), null, "expected a file or nothing here, got a folder");
    }
    TrainingReport.checkFolder(files.report());
    return new TrainingOutput(files, Shell.program(console.mainClass()), data);
  }

  /**
   * Makes sure that the model can be written when it is trained.
   *
   * @throws IllegalArgumentException if its classes or their names cannot go into the files
   */
  void check(Model model, Split split) {
    SavedModels.check(model, options(split));
  }

  private static ExportOptions options(Split split) {
    return ExportOptions.defaults().classNames(split.train().classNames());
  }

  /** Writes all of it: first what has the number, then what the short names mean. */
  void write(Outcome outcome) throws IOException {
    kept.addAll(NewestRun.keep(files));
    try (RunNumber claimed = RunNumber.claim(files)) {
      number = claimed.value();
      numbered(outcome);
    } catch (IOException | RuntimeException e) {
      if (written.isEmpty()) {
        NewestRun.clear(files);
        throw e;
      }
      throw beyond(e);
    }
    newest = NewestRun.publish(files, number);
  }

  /** The model itself is safe by then. */
  private IOException beyond(Exception problem) {
    return new IOException(
        Failures.sentence(problem) + " The model itself is in " + files.archive(number) + ".",
        problem);
  }

  private void numbered(Outcome outcome) throws IOException {
    Trainer trainer = outcome.result().trainer();
    Split split = outcome.split();
    StoredModel stored = StoredModel.of(trainer);
    KerasArchive.write(stored, files.archive(number));
    written.add(files.archive(number));
    ExportOptions options =
        options(split)
            .version(number)
            .samples(warmUp(stored.model().preprocessing(), split.test()));
    written.add(SavedModels.export(stored.model(), stored.weights(), files.savedModels(), options));
    report(trainer, outcome).writeTo(files.report(number));
    written.add(files.report(number).resolve("report.html"));
  }

  /** A sample as the model takes it. */
  private static Array warmUp(Preprocessing how, Dataset images) {
    Dataset some = images.take(WARM_UP_IMAGES);
    return some.pixels() ? how.scaling().apply(some.inputs()) : some.inputs();
  }

  private TrainingReport report(Trainer trainer, Outcome outcome) {
    Split split = outcome.split();
    Array probabilities =
        PreflightCheck.scores(trainer.model(), trainer.settings().loss())
            .probabilities(trainer.predict(split.test()));
    TestRun test = new TestRun(split.test(), probabilities, outcome.evaluation());
    boolean picture = TrainingReport.shows(split.test().inputShape());
    return TrainingReport.of(trainer.model(), outcome.result().history(), test)
        .title(files.name() + ", run " + number)
        .samples(split.train())
        .settings(outcome.settings())
        .nextSteps(new NextSteps(files, number, program, data).all(picture));
  }

  /** Says where everything was written. */
  void announce(Console console) {
    if (written.isEmpty()) {
      return;
    }
    console.line("");
    kept.forEach(path -> console.line("Kept, with a number: " + path));
    console.line(
        newest
            ? "Written: run %d, the newest, which is also %s and %s"
                .formatted(number, files.archive(), files.report())
            : "Written: run %d, beside a newer one, which %s goes on to be"
                .formatted(number, files.archive()));
    written.forEach(path -> console.line("  " + path));
  }
}
