package kerava.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import kerava.CompileSettings;
import kerava.DTypePolicy;
import kerava.Metric;
import kerava.Model;
import kerava.OptimizerState;
import kerava.OutputSettings;
import kerava.StoredModel;
import kerava.cli.inference.LayersModel;
import kerava.cli.inference.ModelFile;
import kerava.cli.inference.SignatureImages;
import kerava.cli.options.Isolation;
import kerava.cli.options.PixelOptions;
import kerava.cli.terminal.Console;
import kerava.config.Listed;
import kerava.saving.LoadedModel;
import kerava.saving.ModelKind;
import kerava.saving.ModelSignature;
import kerava.saving.SavedModelDescription;
import kerava.saving.WeightsFile;
import kerava.saving.WeightsListing;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kerava inspect}. */
@Command(
    name = "inspect",
    description = "Says what is in a model file, or in a file of weights alone.",
    footer = {
      "",
      "Examples:",
      "  kerava inspect savedmodels/cifar10_cnn.keras",
      "  kerava inspect savedmodels/cifar10_cnn",
      "  kerava inspect model.weights.h5"
    })
final class InspectCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      paramLabel = "MODEL",
      description = "A model file, a SavedModel's folder, or a file of weights.")
  private Path model = Path.of("");

  @Mixin private Isolation isolation = new Isolation();

  @Override
  public Integer call() throws IOException {
    return isolation.run(this::inspect);
  }

  private int inspect() throws IOException {
    Console console = Console.of(spec);
    console.line(model.toString());
    ModelKind kind = ModelKind.of(model);
    if (kind == ModelKind.SAVED_MODEL) {
      signatures(console);
      return 0;
    }
    Optional<WeightsListing> weights =
        kind == ModelKind.H5 ? WeightsFile.list(model) : Optional.empty();
    if (weights.isPresent()) {
      InspectWeights.print(console, weights.get());
    } else {
      layers(console, ModelFile.stored(model));
    }
    return 0;
  }

  private void signatures(Console console) throws IOException {
    SavedModelDescription description = SavedModelDescription.read(model);
    console.line("SavedModel: " + description.folder());
    classes(console, description.classNames());
    pixels(console, description);
    for (ModelSignature signature : description.signatures()) {
      console.line("Signature: " + signature.name());
      signature(console, signature);
    }
    description
        .untrusted()
        .ifPresent(why -> console.line("Note: it is not run without --trust. " + why));
  }

  private static void pixels(Console console, SavedModelDescription description) {
    description.signatures().stream()
        .filter(each -> each.name().equals(LoadedModel.DEFAULT_SIGNATURE))
        .filter(each -> each.inputs().size() == 1)
        .map(each -> SignatureImages.of(description, each, new PixelOptions()))
        .filter(SignatureImages::areImages)
        .forEach(images -> console.line(images.line()));
  }

  private static void classes(Console console, List<String> names) {
    if (!names.isEmpty()) {
      console.line("Classes: " + Listed.all(names));
    }
  }

  private static void layers(Console console, StoredModel stored) {
    stored.card().writer().ifPresent(writer -> console.line("Written by: " + writer));
    stored.card().savedAt().ifPresent(date -> console.line("Saved at: " + date));
    classes(console, stored.card().classNames());
    if (stored.model().takesImages()) {
      console.line(PixelOptions.line(stored.model(), stored.model().saysPreprocessing()));
    }
    stored.settings().ifPresent(settings -> print(console, settings, stored.model()));
    stored.optimizer().ifPresent(state -> print(console, state));
    policies(stored.model()).ifPresent(text -> console.line("Policies: " + text));
    ends(console, stored.model());
    ModelFile.note(stored, console);
    console.line("");
    console.lines(stored.model().summary());
  }

  /** What goes in and comes out, by name, where it is several. */
  private static void ends(Console console, Model model) {
    ModelSignature signature = LayersModel.signature(model);
    if (signature.inputs().size() > 1 || signature.outputs().size() > 1) {
      signature(console, signature);
    }
  }

  private static void signature(Console console, ModelSignature signature) {
    signature.inputs().forEach((name, value) -> console.line("  in   " + name + ": " + value));
    signature.outputs().forEach((name, value) -> console.line("  out  " + name + ": " + value));
  }

  private static void print(Console console, CompileSettings settings, Model model) {
    console.line(
        "Optimizer: "
            + settings.optimizer().schema().className()
            + ", learning rate "
            + settings.optimizer().learningRate());
    Map<String, OutputSettings> outputs = settings.of(model);
    outputs.forEach((name, output) -> print(console, outputs.size() == 1 ? "" : name, output));
  }

  private static void print(Console console, String name, OutputSettings output) {
    String of = name.isEmpty() ? ": " : " of " + name + ": ";
    String loss = output.loss().map(one -> one.schema().className()).orElse("none");
    String weight = output.lossWeight() == 1 ? "" : ", times " + output.lossWeight();
    console.line("Loss" + of + loss + weight);
    print(console, "Metrics" + of, output.metrics());
    print(console, "Weighted metrics" + of, output.weightedMetrics());
  }

  private static void print(Console console, String what, List<Metric> metrics) {
    if (!metrics.isEmpty()) {
      console.line(what + Listed.all(metrics.stream().map(Metric::name).toList()));
    }
  }

  /** In which number types layers compute, unless it is float32 in all. */
  private static Optional<String> policies(Model model) {
    Map<DTypePolicy, Integer> counts = new EnumMap<>(DTypePolicy.class);
    model.layersWithInputs().stream()
        .filter(step -> !step.isInput())
        .forEach(step -> counts.merge(step.layer().policy(), 1, Integer::sum));
    if (Set.of(DTypePolicy.FLOAT32).containsAll(counts.keySet())) {
      return Optional.empty();
    }
    return Optional.of(
        counts.entrySet().stream()
            .map(one -> one.getKey().kerasName() + " (" + layers(one.getValue()) + ")")
            .collect(Collectors.joining(", ")));
  }

  private static String layers(int count) {
    return count == 1 ? "1 layer" : count + " layers";
  }

  private static void print(Console console, OptimizerState state) {
    console.line(
        "Optimizer state: " + state.iterations() + " steps, " + state.slots().size() + " slots");
  }
}
