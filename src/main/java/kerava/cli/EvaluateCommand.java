package kerava.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import kerava.ClassScores;
import kerava.CompileSettings;
import kerava.StoredModel;
import kerava.cli.inference.ClassMapping;
import kerava.cli.inference.InferenceModel;
import kerava.cli.inference.LayersModel;
import kerava.cli.inference.ModelFile;
import kerava.cli.inference.OutputMetrics;
import kerava.cli.options.DataOptions;
import kerava.cli.options.DeviceConverter;
import kerava.cli.options.Isolation;
import kerava.cli.options.PixelOptions;
import kerava.cli.options.SavedModelOptions;
import kerava.cli.terminal.Console;
import kerava.cli.training.EpochProgress;
import kerava.cli.training.PreflightCheck;
import kerava.cli.training.PretrainedModel;
import kerava.cli.training.TargetEncoding;
import kerava.data.Dataset;
import kerava.graph.Array;
import kerava.graph.Device;
import kerava.train.Evaluation;
import kerava.train.Trainer;
import kerava.train.TrainerOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kerava evaluate}. */
@Command(
    name = "evaluate",
    description = "Says what a model reaches on test images.",
    footer = {
      "",
      "Examples:",
      "  kerava evaluate savedmodels/cifar10_cnn.keras",
      "  kerava evaluate savedmodels/cifar10_cnn",
      "  kerava evaluate savedmodels/cifar10_cnn.keras --dataset pictures/ --json"
    })
final class EvaluateCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Parameters(paramLabel = "MODEL", description = "A model file, or a SavedModel's folder.")
  private Path model = Path.of("");

  @Mixin private DataOptions data = new DataOptions();

  @Mixin private PixelOptions pixels = new PixelOptions();

  @Mixin private SavedModelOptions savedModel = new SavedModelOptions();

  @Mixin private Isolation isolation = new Isolation();

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      defaultValue = "auto",
      converter = DeviceConverter.class,
      description = "auto (the default), cpu, gpu or gpu:N.")
  private Device device = Device.auto();

  @Option(
      names = "--mirrored",
      description =
          "Ask about each image and its mirror image, and take the mean of both answers, for"
              + " models that give probabilities; the loss is then their cross-entropy.")
  private boolean mirrored;

  @Option(
      names = "--from-logits",
      arity = "0..1",
      paramLabel = "true|false",
      fallbackValue = "true",
      description = {
        "Whether outputs are logits, which a softmax (a sigmoid, of one output) makes probabilities",
        "of. By default the compile settings say, else the last layer, else the numbers: rows that",
        "sum to 1 are probabilities."
      })
  private Optional<Boolean> fromLogits = Optional.empty();

  @Option(names = "--json", description = "Print the figures as JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    OptionalInt isolated = isolation.run();
    if (isolated.isPresent()) {
      return isolated.getAsInt();
    }
    Console console = Console.of(spec);
    data.check();
    pixels.check();
    try (InferenceModel asked = InferenceModel.open(model, device, pixels, savedModel.loading())) {
      InferenceModel.requireOneOfEach(asked.signature(), "evaluate");
      Console told = json ? console.silent() : console;
      if (asked instanceof LayersModel whole) {
        ModelFile.note(whole.stored(), told);
      }
      DataOptions.Chosen chosen = data.readTest(told, asked.images(), pixels);
      told.line("Data: " + chosen.split().source());
      told.line(asked.pixelsLine());
      Dataset test = ClassMapping.of(asked.classNames(), chosen.split().test(), told);
      print(console, evaluate(asked, test, told), test.size());
    }
    return 0;
  }

  private Evaluation evaluate(InferenceModel asked, Dataset test, Console told) throws IOException {
    if (!mirrored && fromLogits.isEmpty() && asked instanceof LayersModel whole) {
      StoredModel stored = whole.stored();
      ClassScores scores = ClassScores.of(stored.model());
      if (stored.settings().isPresent() || scores != ClassScores.UNKNOWN) {
        return evaluate(
            stored,
            stored.settings().orElseGet(() -> PretrainedModel.defaults(stored.model(), scores)),
            test,
            told);
      }
    }
    Array outputs = outputs(asked, test);
    ClassScores scores = scores(asked, outputs, told);
    PreflightCheck.check(ModelFile.baseName(model), outputs.shape().get(1), test.classNames());
    if (!mirrored) {
      return OutputMetrics.of(scores, outputs, test.labels());
    }
    Array turned = outputs(asked, test.mirrored(image -> true));
    return OutputMetrics.of(
        ClassScores.PROBABILITIES,
        OutputMetrics.mean(scores.probabilities(outputs), scores.probabilities(turned)),
        test.labels());
  }

  private static Array outputs(InferenceModel asked, Dataset test) throws IOException {
    return asked.predict(test).values().iterator().next();
  }

  /** What outputs mean, by what was asked for, by the last layer, or by themselves. */
  private ClassScores scores(InferenceModel asked, Array outputs, Console told) {
    ClassScores seen = ClassScores.of(outputs);
    ClassScores known = asked.scores();
    ClassScores scores = known == ClassScores.UNKNOWN ? seen : known;
    if (fromLogits.isPresent()) {
      boolean one = outputs.shape().get(1) == 1;
      scores =
          fromLogits.get()
              ? ClassScores.LOGITS
              : one ? ClassScores.SIGMOID : ClassScores.PROBABILITIES;
    } else if (known == ClassScores.UNKNOWN) {
      boolean logits = scores == ClassScores.LOGITS;
      told.line(
          "Note: outputs are taken for %s, as they look; --from-logits=%s takes them for %s."
              .formatted(
                  logits ? "logits" : "probabilities",
                  !logits,
                  logits ? "probabilities" : "logits"));
    }
    return scores;
  }

  private Evaluation evaluate(
      StoredModel stored, CompileSettings settings, Dataset test, Console told) {
    TrainerOptions options = TrainerOptions.defaults().withDevice(device);
    PreflightCheck.check(stored.model(), settings, test);
    told.line("Loss: " + PreflightCheck.describe(settings.loss()));
    PreflightCheck.note(stored.model(), settings).ifPresent(told::line);
    try (Trainer trainer = Trainer.compile(stored.model(), settings, options)) {
      trainer.restore(stored.weights());
      return trainer.evaluate(TargetEncoding.fitting(trainer, test));
    }
  }

  private void print(Console console, Evaluation evaluation, int images) {
    if (json) {
      ObjectNode node = new ObjectMapper().createObjectNode();
      node.put("loss", evaluation.loss());
      evaluation.metrics().forEach(node::put);
      if (node.has("images")) {
        throw new IllegalArgumentException(
            "--json: expected metrics of other names than \"images\", which counts the images, got"
                + " such a one. Without --json both are said.");
      }
      node.put("images", images);
      console.line(node.toString());
      return;
    }
    console.line("Images: " + images);
    evaluation
        .metrics()
        .forEach(
            (name, value) -> console.line("Test " + name + ": " + EpochProgress.number(value)));
    console.line("Test loss: " + EpochProgress.number(evaluation.loss()));
  }
}
