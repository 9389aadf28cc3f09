package kerava.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import kerava.StoredModel;
import kerava.cli.inference.ModelFile;
import kerava.cli.options.PixelOptions;
import kerava.cli.terminal.Console;
import kerava.saving.KerasArchive;
import kerava.saving.SavedModels;
import kerava.saving.WeightsFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kerava convert}. */
@Command(
    name = "convert",
    description = {
      "Writes a model in another format: TO.keras an archive, TO.weights.h5 its weights alone,",
      "anything else a SavedModel, as the next version in that folder."
    },
    footer = {
      "",
      "Examples:",
      "  kerava convert model.h5 model.keras",
      "  kerava convert model.keras savedmodels/served"
    })
final class ConvertCommand implements Callable<Integer> {
  private static final String ARCHIVE = ".keras";
  private static final String WEIGHTS = ".weights.h5";

  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "FROM",
      description = "A .keras archive, a whole-model .h5 file, or a folder that holds layers.")
  private Path from = Path.of("");

  @Parameters(index = "1", paramLabel = "TO", description = "What to write.")
  private Path to = Path.of("");

  @Mixin private PixelOptions pixels = new PixelOptions();

  @Override
  public Integer call() throws IOException {
    Console console = Console.of(spec);
    pixels.check(console);
    String name = to.toString().toLowerCase(Locale.ROOT);
    if (!name.endsWith(ARCHIVE) && !name.endsWith(WEIGHTS)) {
      SavedModels.checkBase(to);
    }
    StoredModel file = ModelFile.stored(from);
    ModelFile.note(file, console);
    StoredModel stored = file.preprocessing(pixels.over(file.model().preprocessing()));
    if (stored.model().takesImages()) {
      console.line(
          PixelOptions.line(stored.model(), file.model().saysPreprocessing() || pixels.scale()));
    }
    console.line("Written: " + write(stored));
    return 0;
  }

  private Path write(StoredModel stored) throws IOException {
    String name = to.toString().toLowerCase(Locale.ROOT);
    if (name.endsWith(ARCHIVE)) {
      KerasArchive.write(stored, to);
      return to;
    }
    if (name.endsWith(WEIGHTS)) {
      WeightsFile.write(stored.model(), stored.weights(), to);
      return to;
    }
    return SavedModels.export(stored, to);
  }
}
