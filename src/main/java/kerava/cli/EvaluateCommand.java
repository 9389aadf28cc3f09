package kerava.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import kerava.ClassScores;
import kerava.CompileSettings;
import kerava.StoredModel;
import kerava.cli.inference.ClassMapping;
import kerava.cli.inference.InferenceModel;
import kerava.cli.inference.InferenceOptions;
import kerava.cli.inference.LayersModel;
import kerava.cli.inference.ModelFile;
import kerava.cli.inference.OutputMetrics;
import kerava.cli.options.DataOptions;
import kerava.cli.options.Isolation;
import kerava.cli.terminal.Console;
import kerava.cli.terminal.MetricText;
import kerava.cli.training.PreflightCheck;
import kerava.cli.training.PretrainedModel;
import kerava.cli.training.TargetEncoding;
import kerava.data.Dataset;
import kerava.graph.Array;
import kerava.train.Evaluation;
import kerava.train.Trainer;
import kerava.train.TrainerOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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

  @Mixin private InferenceOptions options = new InferenceOptions();

  @Mixin private DataOptions data = new DataOptions();

  @Mixin private Isolation isolation = new Isolation();

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
    return isolation.run(this::evaluate);
  }

  private int evaluate() throws IOException {
    Console console = Console.of(spec);
    data.check();
    options.check(console);
    try (InferenceModel model = options.open(Optional.empty())) {
      InferenceModel.requireOneOfEach(model.signature(), "evaluate");
      Console out = json ? console.silent() : console;
      if (model instanceof LayersModel whole) {
        ModelFile.note(whole.stored(), out);
      }
      DataOptions.Chosen chosen = data.readTest(out, model.images(), options.pixels());
      out.line("Data: " + chosen.split().source());
      out.line(model.pixelsLine());
      Dataset test = ClassMapping.of(model.classNames(), chosen.split().test(), out);
      print(console, evaluate(model, test, out), test.size());
    }
    return 0;
  }

  private Evaluation evaluate(InferenceModel model, Dataset test, Console out) throws IOException {
    if (!mirrored && fromLogits.isEmpty() && model instanceof LayersModel whole) {
      StoredModel stored = whole.stored();
      ClassScores scores = ClassScores.of(stored.model());
      if (stored.settings().isPresent() || scores != ClassScores.UNKNOWN) {
        return evaluate(
            stored,
            stored.settings().orElseGet(() -> PretrainedModel.defaults(stored.model(), scores)),
            test,
            out);
      }
    }
    Array outputs = outputs(model, test);
    ClassScores scores = scores(model, outputs, out);
    PreflightCheck.check(
        ModelFile.baseName(options.path()), outputs.shape().get(1), test.classNames());
    if (!mirrored) {
      return OutputMetrics.of(scores, outputs, test.labels());
    }
    Array flipped = outputs(model, test.mirrored(image -> true));
    return OutputMetrics.of(
        ClassScores.PROBABILITIES,
        OutputMetrics.mean(scores.probabilities(outputs), scores.probabilities(flipped)),
        test.labels());
  }

  private static Array outputs(InferenceModel model, Dataset test) throws IOException {
    return model.predict(test).values().iterator().next();
  }

  /** What outputs mean, by what the option says, by the last layer, or by themselves. */
  private ClassScores scores(InferenceModel model, Array outputs, Console out) {
    ClassScores seen = ClassScores.of(outputs);
    ClassScores known = model.scores();
    ClassScores scores = known == ClassScores.UNKNOWN ? seen : known;
    if (fromLogits.isPresent()) {
      boolean one = outputs.shape().get(1) == 1;
      scores =
          fromLogits.get()
              ? ClassScores.LOGITS
              : one ? ClassScores.SIGMOID : ClassScores.PROBABILITIES;
    } else if (known == ClassScores.UNKNOWN) {
      boolean logits = scores == ClassScores.LOGITS;
      out.line(
          "Note: outputs are taken for %s, as they look; --from-logits=%s takes them for %s."
              .formatted(
                  logits ? "logits" : "probabilities",
                  !logits,
                  logits ? "probabilities" : "logits"));
    }
    return scores;
  }

  private Evaluation evaluate(
      StoredModel stored, CompileSettings settings, Dataset test, Console out) {
    TrainerOptions trainerOptions = TrainerOptions.defaults().withDevice(options.device());
    PreflightCheck.check(stored.model(), settings, test);
    out.line("Loss: " + PreflightCheck.describe(settings.loss()));
    PreflightCheck.note(stored.model(), settings).ifPresent(out::line);
    try (Trainer trainer = Trainer.compile(stored.model(), settings, trainerOptions)) {
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
    MetricText.print(console, evaluation);
  }
}
