package kerava.cli;

import java.io.PrintWriter;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/**
 * Where a command prints.
 *
 * @param spec the command
 * @param out its standard output
 */
record Console(CommandSpec spec, PrintWriter out) {
  static Console of(@Nullable CommandSpec spec) {
    CommandSpec command = Objects.requireNonNull(spec, "picocli sets it");
    return new Console(command, command.commandLine().getOut());
  }

  void line(String text) {
    out.println(text);
  }

  /** The same command without a standard output. */
  Console silent() {
    return new Console(spec, new PrintWriter(java.io.Writer.nullWriter()));
  }

  /** One line on standard error. */
  void error(String text) {
    spec.commandLine().getErr().println("kerava: " + text);
  }

  /** Wrong usage of the command. */
  ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
