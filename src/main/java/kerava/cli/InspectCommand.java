package kerava.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import kerava.CompileSettings;
import kerava.OptimizerState;
import kerava.saving.LoadedModel;
import kerava.saving.ModelSignature;
import kerava.saving.StoredModel;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kerava inspect}. */
@Command(
    name = "inspect",
    description = "Says what is in a model file.",
    footer = {
      "",
      "Examples:",
      "  kerava inspect savedmodels/cifar10_cnn.keras",
      "  kerava inspect savedmodels/cifar10_cnn"
    })
final class InspectCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Parameters(paramLabel = "MODEL", description = "A model file, or a SavedModel's folder.")
  private Path model = Path.of("");

  @Override
  public Integer call() throws IOException {
    Console console = Console.of(spec);
    console.line(model.toString());
    if (Files.isDirectory(model)) {
      signatures(console);
    } else {
      layers(console, ModelFile.stored(model));
    }
    return 0;
  }

  private void signatures(Console console) throws IOException {
    try (LoadedModel loaded = LoadedModel.open(model)) {
      console.line("SavedModel: " + loaded.folder());
      classes(console, loaded.classNames());
      for (ModelSignature signature : loaded.signatures()) {
        console.line("Signature: " + signature.name());
        signature.inputs().forEach((name, value) -> console.line("  in   " + name + ": " + value));
        signature.outputs().forEach((name, value) -> console.line("  out  " + name + ": " + value));
      }
    }
  }

  private static void classes(Console console, List<String> names) {
    if (!names.isEmpty()) {
      console.line("Classes: " + String.join(", ", names));
    }
  }

  private static void layers(Console console, StoredModel stored) {
    stored.card().writer().ifPresent(writer -> console.line("Written by: " + writer));
    stored.card().savedAt().ifPresent(date -> console.line("Saved at: " + date));
    classes(console, stored.card().classNames());
    stored.settings().ifPresent(settings -> print(console, settings));
    stored.optimizer().ifPresent(state -> print(console, state));
    ModelFile.note(stored, console);
    console.line("");
    console.line(stored.model().summary());
  }

  private static void print(Console console, CompileSettings settings) {
    console.line(
        "Optimizer: "
            + settings.optimizer().schema().className()
            + ", learning rate "
            + settings.optimizer().learningRate());
    console.line("Loss: " + settings.loss().schema().className());
    console.line(
        "Metrics: "
            + String.join(", ", settings.metrics().stream().map(metric -> metric.name()).toList()));
  }

  private static void print(Console console, OptimizerState state) {
    console.line(
        "Optimizer state: " + state.iterations() + " steps, " + state.slots().size() + " slots");
  }
}
