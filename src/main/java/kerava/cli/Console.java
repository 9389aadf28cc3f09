package kerava.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.util.Objects;
import kerava.config.Visible;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/**
 * Where a command prints: all that it says goes to the terminal through here, and leaves as {@link
 * Visible} text, whatever names a file brought.
 */
final class Console {
  private static final String NAME = "kerava: ";

  private final CommandLine command;
  private final PrintWriter out;

  private Console(CommandLine command, PrintWriter out) {
    this.command = command;
    this.out = out;
  }

  static Console of(@Nullable CommandSpec spec) {
    return of(Objects.requireNonNull(spec, "picocli sets it").commandLine());
  }

  static Console of(CommandLine command) {
    return new Console(command, command.getOut());
  }

  /** The command. */
  CommandLine command() {
    return command;
  }

  /** One line on standard output, whatever is in the text. */
  void line(String text) {
    out.println(Visible.of(text));
  }

  /** A text of several lines of ours on standard output, in which names are {@link Visible}. */
  void lines(String text) {
    out.println(Visible.lines(text));
  }

  /** The same command without a standard output. */
  Console silent() {
    return new Console(command, new PrintWriter(Writer.nullWriter()));
  }

  /** One line on standard error. */
  void error(String text) {
    command.getErr().println(NAME + Visible.of(text));
  }

  /** A line that the same command said in a process of its own. */
  void passOn(String line, boolean error) {
    (error ? command.getErr() : out).println(Visible.lines(line));
  }

  /** Where in the program a problem came up, on standard error. */
  void trace(Throwable problem) {
    StringWriter trace = new StringWriter();
    problem.printStackTrace(new PrintWriter(trace));
    command.getErr().print(Visible.lines(trace.toString()));
    command.getErr().flush();
  }

  /** How the command is used, on standard error. */
  void usage() {
    command.usage(command.getErr());
  }

  /** Wrong usage of the command. */
  ParameterException usage(String message) {
    return new ParameterException(command, Visible.of(message));
  }
}
