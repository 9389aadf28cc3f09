package kerava.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import kerava.cli.options.NumberConverters;
import kerava.cli.terminal.Console;
import kerava.cli.terminal.Failures;
import kerava.cli.terminal.NativeMessages;
import kerava.graph.cuda.MavenCuda;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command {@code kerava}. */
@Command(
    name = "kerava",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    scope = ScopeType.INHERIT,
    synopsisSubcommandLabel = "COMMAND",
    description = "Keras-style networks on TensorFlow, from the command line.",
    footer = {
      "",
      "Example: train the CIFAR-10 network, then ask it about a picture:",
      "  kerava train",
      "  kerava predict savedmodels/cifar10_cnn.keras cat.png"
    },
    subcommands = {
      TrainCommand.class,
      EvaluateCommand.class,
      PredictCommand.class,
      InspectCommand.class,
      PlotCommand.class,
      ConvertCommand.class,
      DevicesCommand.class,
      CompletionCommand.class
    })
public final class Main implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--stacktrace",
      scope = ScopeType.INHERIT,
      description = "On failure, show where in the program it happened.")
  @SuppressWarnings("UnusedVariable") // Failures looks at the words of the command line
  private boolean stacktrace;

  private Main(CommandSpec spec) {
    this.spec = spec;
  }

  /** Runs the command line and ends the process: 0 success, 1 failure, 2 wrong usage. */
  public static void main(String[] args) {
    NativeMessages.silence();
    // The table of a model is drawn in Unicode, whatever the locale.
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    if (MavenCuda.packed()) {
      err.println("kerava: unpacking CUDA's libraries, this once ...");
    }
    // TensorFlow looks for them when it is loaded, and remembers what it did not find.
    MavenCuda.load();
    System.exit(run(out, err, args));
  }

  /**
   * Runs the command line.
   *
   * @return 0 success, 1 failure, 2 wrong usage
   */
  static int run(PrintWriter out, PrintWriter err, String... args) {
    CommandLine line = new CommandLine(new Main(CommandSpec.create()));
    NumberConverters.register(line);
    line.setOut(out).setErr(err);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setParameterExceptionHandler(Failures::usage);
    line.setExecutionExceptionHandler(Failures::failure);
    try {
      return line.execute(args);
    } catch (OutOfMemoryError | StackOverflowError | LinkageError e) {
      return Failures.failure(e, line, List.of(args));
    }
  }

  @Override
  public Integer call() {
    Console.of(spec).usage();
    return CommandLine.ExitCode.USAGE;
  }
}
