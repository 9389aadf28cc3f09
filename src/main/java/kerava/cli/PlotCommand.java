package kerava.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import kerava.Model;
import kerava.cli.inference.ModelFile;
import kerava.cli.terminal.Console;
import kerava.cli.training.Networks;
import kerava.report.ModelPlot;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kerava plot}. */
@Command(
    name = "plot",
    description = "Draws a network: its layers, their shapes and parameters, and what feeds what.",
    footer = {
      "",
      "Examples:",
      "  kerava plot savedmodels/cifar10_cnn.keras            writes cifar10_cnn.svg",
      "  kerava plot resnet20 pictures/resnet20.svg"
    })
final class PlotCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "MODEL",
      completionCandidates = Networks.Names.class,
      description = "A model file, or a network such as resnet20.")
  private String model = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "OUT.svg",
      description = "What to write (default: the model's name, here).")
  private Optional<Path> out = Optional.empty();

  @Override
  public Integer call() throws IOException {
    Console console = Console.of(spec);
    Path file = Path.of(model);
    boolean stored = Files.exists(file);
    Model drawn = stored ? ModelFile.stored(file).model() : Networks.model(model, console);
    String name = (stored ? ModelFile.baseName(file) : drawn.name()) + ".svg";
    Path picture = out.orElseGet(() -> Path.of(name));
    if (!picture.toString().endsWith(".svg")) {
      throw console.usage("OUT.svg: expected a name that ends in .svg, got \"" + picture + "\".");
    }
    ModelPlot.write(drawn, picture);
    console.line("Written: " + picture);
    return 0;
  }
}
