package kerava.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import kerava.CompileSettings;
import kerava.data.Dataset;
import kerava.graph.Array;
import kerava.graph.Device;
import kerava.graph.Rows;
import kerava.saving.StoredModel;
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

  @Option(names = "--json", description = "Print the figures as JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    Console console = Console.of(spec);
    data.check();
    try (Asked asked = Asked.open(model, device)) {
      Asked.requireOneOfEach(asked.signature(), "evaluate");
      PrintWriter out = json ? console.silent().out() : console.out();
      if (asked instanceof AskedModel whole && !json) {
        ModelFile.note(whole.stored(), console);
      }
      Dataset test = data.read(out, asked.sample()).split().test();
      print(console, evaluate(asked, test), test.size());
    }
    return 0;
  }

  private Evaluation evaluate(Asked asked, Dataset test) {
    if (mirrored) {
      Array straight = outputs(asked, test);
      Array turned = outputs(asked, test.mirrored(image -> true));
      return Scores.of(Scores.mean(straight, turned), test.labels());
    }
    return asked instanceof AskedModel whole
        ? evaluate(whole.stored(), test)
        : Scores.of(outputs(asked, test), test.labels());
  }

  private static Array outputs(Asked asked, Dataset test) {
    List<Array> parts = new ArrayList<>();
    int most = ImagesAtOnce.of(test.inputShape());
    for (int from = 0; from < test.size(); from += most) {
      Dataset part = test.range(from, Math.min(test.size(), from + most));
      parts.add(asked.predictPixels(part.inputs()).values().iterator().next());
    }
    return Rows.joined(parts);
  }

  private Evaluation evaluate(StoredModel stored, Dataset test) {
    CompileSettings settings =
        stored.settings().orElseGet(() -> FileStart.defaults(stored.model()));
    TrainerOptions options = TrainerOptions.defaults().withDevice(device);
    try (Trainer trainer = Trainer.compile(stored.model(), settings, options)) {
      trainer.restore(stored.weights());
      return trainer.evaluate(Targets.fitting(trainer, test.dividedBy(ModelFile.divisor(stored))));
    }
  }

  private void print(Console console, Evaluation evaluation, int images) {
    if (json) {
      ObjectNode node = new ObjectMapper().createObjectNode();
      node.put("loss", evaluation.loss());
      evaluation.metrics().forEach(node::put);
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
