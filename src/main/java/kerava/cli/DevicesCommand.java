package kerava.cli;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import kerava.cli.options.DeviceConverter;
import kerava.cli.terminal.Console;
import kerava.graph.Device;
import kerava.graph.Devices;
import kerava.graph.cuda.Diagnosis;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code kerava devices}. */
@Command(
    name = "devices",
    description = {
      "Lists what TensorFlow can compute on, and says what it would need for a GPU: the driver, each"
          + " library, and where it was found."
    },
    footer = {
      "",
      "Examples:",
      "  kerava devices",
      "  kerava devices --require gpu       ends with 1 if no GPU can be used",
      "  KERAVA_GPU=1 KERAVA_CUDA=maven kerava devices --json"
    })
final class DevicesCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Option(names = "--json", description = "For programs.")
  private boolean json;

  @Option(
      names = "--require",
      paramLabel = "DEVICE",
      defaultValue = "auto",
      converter = DeviceConverter.class,
      description = "End with 1 if this cannot be used: gpu or gpu:N.")
  private Device required = Device.auto();

  @Override
  public Integer call() throws IOException {
    Console console = Console.of(spec);
    DevicesReport report = new DevicesReport(Devices.list(), Diagnosis.make());
    if (json) {
      console.lines(report.json());
    } else {
      report.lines().forEach(console::line);
    }
    if (report.offers(required)) {
      return 0;
    }
    List<String> problems = report.diagnosis().problems();
    console.error(
        "devices: expected TensorFlow to see "
            + required
            + ", got "
            + Devices.counted(report.gpus())
            + ". "
            + (problems.isEmpty() ? "" : problems.get(0)));
    return 1;
  }
}
