package kerava.cli.training;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import kerava.DTypePolicy;
import kerava.Kerava;
import kerava.Model;
import kerava.cli.options.DataOptions;
import kerava.cli.options.MixedPrecision;
import kerava.cli.options.PixelOptions;
import kerava.cli.terminal.Console;
import kerava.cli.terminal.MetricText;
import kerava.cli.terminal.Terminal;
import kerava.config.Visible;
import kerava.data.Dataset;
import kerava.data.Split;
import kerava.examples.Training;
import kerava.graph.Device;
import kerava.graph.NativeTensorFlow;
import kerava.images.Preprocessing;
import kerava.train.BackupAndRestore;
import kerava.train.Callback;
import kerava.train.Evaluation;
import kerava.train.Fit;
import kerava.train.History;
import kerava.train.Trainer;
import kerava.train.TrainerOptions;
import kerava.train.callbacks.TensorBoard;
import kerava.train.callbacks.TerminateOnNaN;
import org.tensorflow.ndarray.Shape;

/**
 * One run of {@code kerava train}, from the data to the files.
 *
 * @param initial what is trained
 * @param data what on
 * @param plan how long
 * @param options how
 */
public record TrainingJob(
    InitialModel initial, DataOptions.Chosen data, Plan plan, TrainerOptions options) {
  /** How many images TensorBoard shows. */
  private static final int SAMPLES = 16;

  /**
   * What the command line asks for.
   *
   * @param overrides how long to train, and how
   * @param quiet whether to show no progress
   * @param backup what is kept for another process to go on from, if anything
   * @param tensorBoard the folder for what TensorBoard shows, if there is one
   * @param precision in which number type, if another is asked for than the model's own
   * @param pixels what becomes of images
   */
  public record Plan(
      TrainingOverrides overrides,
      boolean quiet,
      Optional<BackupAndRestore> backup,
      Optional<Path> tensorBoard,
      Optional<MixedPrecision> precision,
      PixelOptions pixels) {}

  /** Trains, tests and writes; gives the exit code. */
  public int run(Console console, TrainingOutput output) throws IOException {
    Split split = data.split();
    console.line("Data: " + split.source());
    console.line("Training images: " + shape(split.train()));
    if (split.validation() != split.test()) {
      console.line("Validation images: " + shape(split.validation()));
    }
    console.line("Test images: " + shape(split.test()));
    Training training = initial.training(split.train(), plan.overrides());
    Model given = training.model();
    Model typed = plan.precision().map(precision -> precision.apply(given)).orElse(given);
    Model model = typed.withPreprocessing(expected(typed));
    console.line(PixelOptions.line(model, initial.saysPixels() || plan.pixels().scale()));
    PreflightCheck.check(model, training.settings(), split.train());
    PreflightCheck.checkOneOutput(model, training.settings().loss());
    output.check(model, split);
    console.line("");
    console.lines(model.summary());
    console.line("Loss: " + PreflightCheck.describe(training.settings().loss()));
    PreflightCheck.note(model, training.settings()).ifPresent(console::line);
    try (Interrupt interrupt = new Interrupt();
        Trainer trainer =
            Trainer.compile(model, training.settings(), training.options().apply(options))) {
      Dataset train = TargetEncoding.fitting(trainer, split.train());
      Fit fit = plan.overrides().paced(training.fit());
      console.line("Running on: " + trainer.strategy(train, fit));
      training.beginning().accept(trainer);
      if (plan.backup().flatMap(BackupAndRestore::seed).isPresent()) {
        console.line("Going on from the backup of an earlier run.");
      }
      History history =
          trainer.fit(
              train,
              fit.validation(TargetEncoding.fitting(trainer, split.validation()))
                  .callbacks(callbacks(console, interrupt)));
      int code = finish(console, output, new Result(trainer, history));
      if (interrupt.requested()) {
        plan.backup().ifPresent(kept -> console.line("The same command goes on from the backup."));
        return Interrupt.EXIT_CODE;
      }
      plan.backup().ifPresent(BackupAndRestore::delete);
      return code;
    }
  }

  /** What is asked for and read from files, with the model's own arithmetic where none is. */
  private Preprocessing expected(Model model) {
    Preprocessing own = plan.pixels().over(model.preprocessing());
    return data.split()
        .train()
        .preprocessing()
        .map(read -> read.scaling(own.scaling()))
        .orElse(own);
  }

  private static String shape(Dataset set) {
    List<String> sizes = new ArrayList<>(List.of(String.valueOf(set.size())));
    Shape image = set.inputShape();
    for (int i = 0; i < image.numDimensions(); i++) {
      sizes.add(String.valueOf(image.get(i)));
    }
    return "(" + String.join(", ", sizes) + ")";
  }

  private Callback[] callbacks(Console console, Interrupt interrupt) {
    List<Callback> callbacks = new ArrayList<>(List.of(interrupt.callback(), TerminateOnNaN.of()));
    if (!plan.quiet()) {
      callbacks.add(new EpochProgress(console, Terminal.interactive()));
    }
    plan.tensorBoard().map(this::tensorBoard).ifPresent(callbacks::add);
    plan.backup().ifPresent(callbacks::add);
    return callbacks.toArray(Callback[]::new);
  }

  private Callback tensorBoard(Path folder) {
    return TensorBoard.of(folder)
        .histogramFreq(1)
        .writeStepsPerSecond()
        .images(data.split().train(), SAMPLES);
  }

  /**
   * What training gave.
   *
   * @param trainer the trained model
   * @param history what it reported
   */
  record Result(Trainer trainer, History history) {
    /** Why training went wrong, if it did. */
    Optional<String> failure() {
      return history.stopped().filter(reason -> reason.startsWith("the loss became"));
    }
  }

  private int finish(Console console, TrainingOutput output, Result result) throws IOException {
    if (result.failure().isPresent() && result.history().epochs() == 0) {
      throw unusable(result.failure().get());
    }
    result.history().stopped().ifPresent(reason -> console.line("Stopped early: " + reason + "."));
    Dataset test = data.split().test();
    Evaluation evaluation =
        result.trainer().evaluate(TargetEncoding.fitting(result.trainer(), test));
    if (!Double.isFinite(evaluation.loss())) {
      throw unusable("the test loss is " + evaluation.loss());
    }
    MetricText.print(console, evaluation);
    try {
      output.write(
          new TrainingOutput.Outcome(result, evaluation, data.split(), settings(result.trainer())));
    } finally {
      output.announce(console);
    }
    result
        .failure()
        .ifPresent(reason -> console.error("train: expected a finite loss, but " + reason + "."));
    return result.failure().isPresent() ? 1 : 0;
  }

  private static IllegalStateException unusable(String reason) {
    return new IllegalStateException(
        Visible.of(
            "train: expected a finite loss, but "
                + reason
                + ", so nothing was written. Is the learning rate too high?"
                + " See docs/troubleshooting.md#the-loss-is-not-a-number."));
  }

  private static String device(TrainerOptions options) {
    List<Device> all = options.devices().isEmpty() ? List.of(options.device()) : options.devices();
    return all.stream().map(Device::toString).collect(Collectors.joining(","));
  }

  private Map<String, Object> settings(Trainer trainer) {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("model", initial.name());
    settings.put("dataset", data.name());
    settings.put("source", data.split().source());
    settings.put("training_images", data.split().train().size());
    settings.put("test_images", data.split().test().size());
    settings.put("epochs", initial.parameters(plan.overrides()).epochs());
    settings.put("batch_size", initial.parameters(plan.overrides()).batchSize());
    settings.put("optimizer", trainer.settings().optimizer().schema().className());
    settings.put("learning_rate", initial.parameters(plan.overrides()).learningRate());
    settings.put(
        "dtype_policies",
        trainer.model().policies().stream()
            .map(DTypePolicy::kerasName)
            .collect(Collectors.joining(", ")));
    settings.put("loss", trainer.settings().loss().schema().className());
    settings.put("seed", trainer.options().seed());
    settings.put("device", device(trainer.options()));
    settings.put("jit_compile", trainer.options().jitCompile());
    settings.put("kerava", Kerava.version());
    settings.put("tensorflow", NativeTensorFlow.version());
    settings.put("java", Runtime.version().toString());
    settings.put("processors", Runtime.getRuntime().availableProcessors());
    settings.put("date", LocalDate.now(java.time.ZoneId.systemDefault()).toString());
    return settings;
  }
}
