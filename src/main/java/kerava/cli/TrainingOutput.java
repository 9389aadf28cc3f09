package kerava.cli;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import kerava.Model;
import kerava.StoredModel;
import kerava.data.Dataset;
import kerava.data.Split;
import kerava.files.Folders;
import kerava.graph.Array;
import kerava.images.Preprocessing;
import kerava.report.NextStep;
import kerava.report.TestRun;
import kerava.report.TrainingReport;
import kerava.saving.ExportOptions;
import kerava.saving.KerasArchive;
import kerava.saving.SavedModels;
import kerava.train.Evaluation;
import kerava.train.Trainer;

/** The files that a training leaves behind. */
final class TrainingOutput {
  private static final int WARM_UP_IMAGES = 1;

  private final Path archive;
  private final Path savedModel;
  private final Path report;
  private final List<Path> written = new ArrayList<>();

  private TrainingOutput(Path out, String name) {
    this.archive = out.resolve(name + ".keras");
    this.savedModel = out.resolve(name);
    this.report = out.resolve(name + ".report");
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
   * @throws IOException if the folder cannot be written or holds something else under these names
   */
  static TrainingOutput prepare(Path out, String name) throws IOException {
    boolean existed = Files.exists(out);
    Folders.prepare("--out", out);
    if (!existed) {
      Files.delete(out);
    }
    TrainingOutput output = new TrainingOutput(out, name);
    if (Files.isDirectory(output.archive)) {
      throw new FileAlreadyExistsException(
          output.archive.toString(), null, "expected a file or nothing here, got a folder");
    }
    SavedModels.checkBase(output.savedModel);
    TrainingReport.checkFolder(output.report);
    return output;
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

  /** Writes all of it. */
  void write(Outcome outcome) throws IOException {
    Trainer trainer = outcome.result().trainer();
    Split split = outcome.split();
    StoredModel stored = StoredModel.of(trainer);
    KerasArchive.write(stored, archive);
    written.add(archive);
    ExportOptions options =
        options(split).samples(warmUp(stored.model().preprocessing(), split.test()));
    written.add(SavedModels.export(stored.model(), stored.weights(), savedModel, options));
    report(trainer, outcome).writeTo(report);
    written.add(report.resolve("report.html"));
  }

  /** A sample as the model takes it. */
  private static Array warmUp(Preprocessing how, Dataset images) {
    Dataset some = images.take(WARM_UP_IMAGES);
    Array inputs = some.inputs();
    int channels = Math.toIntExact(some.inputShape().get(some.inputShape().numDimensions() - 1));
    return some.pixels()
        ? Array.of(
            how.scaling().apply(inputs.to(Array.Type.FLOAT32).floats(), channels),
            inputs.shape().asArray())
        : inputs;
  }

  private TrainingReport report(Trainer trainer, Outcome outcome) {
    Split split = outcome.split();
    Array probabilities =
        Readiness.scores(trainer.model(), trainer.settings().loss())
            .probabilities(trainer.predict(split.test()));
    TestRun test = new TestRun(split.test(), probabilities, outcome.evaluation());
    return TrainingReport.of(trainer.model(), outcome.result().history(), test)
        .title(String.valueOf(savedModel.getFileName()))
        .samples(split.train())
        .settings(outcome.settings())
        .nextSteps(nextSteps());
  }

  private List<NextStep> nextSteps() {
    return List.of(
        new NextStep("Ask it about a picture", "./kerava predict " + archive + " cat.png"),
        new NextStep("Evaluate it again", "./kerava evaluate " + archive),
        new NextStep("Train it further", "./kerava train --model " + archive + " --epochs 5"),
        new NextStep(
            "Go on in Python",
            "import keras; model = keras.models.load_model(\"" + archive + "\")"),
        new NextStep(
            "Serve it with TensorFlow Serving",
            "docker run -p 8501:8501 -v \"$PWD/"
                + savedModel
                + ":/models/model\" -e"
                + " MODEL_NAME=model tensorflow/serving"));
  }

  /** Says where everything was written. */
  void announce(Console console) {
    if (written.isEmpty()) {
      return;
    }
    console.line("");
    console.line("Written:");
    written.forEach(path -> console.line("  " + path));
  }
}
