package kerava.cli.training;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import kerava.cli.options.DataOptions;
import kerava.cli.terminal.Shell;
import kerava.config.Quoted;
import kerava.report.NextStep;
import kerava.report.TrainingReport;
import kerava.saving.SavedModels;

/**
 * What to type next, as it is to be typed, in whatever folder.
 *
 * @param files where the training was written
 * @param number its number
 * @param program the words that start Kerava
 * @param data the options that choose its data
 */
record NextSteps(RunFiles files, long number, List<String> program, DataOptions.Arguments data) {
  private static final int MORE_EPOCHS = 5;

  /**
   * All steps.
   *
   * @param picture whether the report holds a picture to predict
   */
  List<NextStep> all(boolean picture) {
    Path archive = absolute(files.archive(number));
    List<NextStep> steps = new ArrayList<>();
    if (picture) {
      Path image = absolute(files.report(number)).resolve(TrainingReport.PICTURE);
      steps.add(
          new NextStep("Ask it about this picture, or another", kerava("predict", archive, image)));
    }
    steps.add(new NextStep("Evaluate it again", kerava("evaluate", archive, data)));
    steps.add(
        new NextStep(
            "Train it further",
            kerava(
                "train",
                "--model",
                archive,
                "--epochs",
                MORE_EPOCHS,
                "--out",
                absolute(files.out()),
                data)));
    steps.add(
        new NextStep(
            "Go on in Python",
            "import keras; model = keras.models.load_model("
                + Quoted.python(archive.toString())
                + ")"));
    steps.add(
        new NextStep(
            "Serve it with TensorFlow Serving",
            SavedModels.servingCommand(files.savedModels(), number)));
    return steps;
  }

  private String kerava(Object... words) {
    return Shell.command(
        Stream.concat(
                program.stream(),
                Stream.of(words)
                    .flatMap(
                        word ->
                            word instanceof DataOptions.Arguments several
                                ? several.words().stream()
                                : Stream.of(word)))
            .toList());
  }

  private static Path absolute(Path path) {
    return path.toAbsolutePath().normalize();
  }
}
