package kerava.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import kerava.CompileSettings;
import kerava.OptimizerState;
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
    footer = {"", "Example:", "  kerava inspect savedmodels/cifar10_cnn.keras"})
final class InspectCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Parameters(paramLabel = "MODEL", description = "A model file.")
  private Path model = Path.of("");

  @Override
  public Integer call() throws IOException {
    Console console = Console.of(spec);
    StoredModel stored = ModelFile.stored(model);
    console.line(model.toString());
    stored.card().writer().ifPresent(writer -> console.line("Written by: " + writer));
    stored.card().savedAt().ifPresent(date -> console.line("Saved at: " + date));
    List<String> names = stored.card().classNames();
    if (!names.isEmpty()) {
      console.line("Classes: " + String.join(", ", names));
    }
    stored.settings().ifPresent(settings -> print(console, settings));
    stored.optimizer().ifPresent(state -> print(console, state));
    stored.card().remarks().forEach(remark -> console.line("Note: " + remark));
    console.line("");
    console.line(stored.model().summary());
    return 0;
  }

  private static void print(Console console, CompileSettings settings) {
    console.line("Optimizer: " + settings.optimizer().config());
    console.line("Loss: " + settings.loss().config());
    console.line(
        "Metrics: "
            + String.join(", ", settings.metrics().stream().map(metric -> metric.name()).toList()));
  }

  private static void print(Console console, OptimizerState state) {
    console.line(
        "Optimizer state: " + state.iterations() + " steps, " + state.slots().size() + " slots");
  }
}
