package kerava.cli.terminal;

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
public final class Console {
  private static final String NAME = "kerava: ";

  private final CommandLine command;
  private final PrintWriter out;

  private Console(CommandLine command, PrintWriter out) {
    this.command = command;
    this.out = out;
  }

  /** The console of a command, as picocli describes it. */
  public static Console of(@Nullable CommandSpec spec) {
    return of(Objects.requireNonNull(spec, "picocli sets it").commandLine());
  }

  /** The console of a command. */
  public static Console of(CommandLine command) {
    return new Console(command, command.getOut());
  }

  /** The command. */
  public CommandLine command() {
    return command;
  }

  /** The class that the program was started with. */
  public Class<?> mainClass() {
    return command.getCommandSpec().root().userObject().getClass();
  }

  /** One line on standard output, whatever is in the text. */
  public void line(String text) {
    out.println(Visible.of(text));
  }

  /** A text of several lines of ours on standard output, in which names are {@link Visible}. */
  public void lines(String text) {
    out.println(Visible.lines(text));
  }

  /** The same command without a standard output. */
  public Console silent() {
    return new Console(command, new PrintWriter(Writer.nullWriter()));
  }

  /** One line on standard error. */
  public void error(String text) {
    command.getErr().println(NAME + Visible.of(text));
  }

  /** A line that the same command said in a process of its own. */
  public void passOn(String line, boolean error) {
    (error ? command.getErr() : out).println(Visible.lines(line));
  }

  /** Where in the program a problem came up, on standard error. */
  public void trace(Throwable problem) {
    StringWriter trace = new StringWriter();
    problem.printStackTrace(new PrintWriter(trace));
    command.getErr().print(Visible.lines(trace.toString()));
    command.getErr().flush();
  }

  /** How the command is used, on standard error. */
  public void usage() {
    command.usage(command.getErr());
  }

  /** Wrong usage of the command. */
  public ParameterException usage(String message) {
    return new ParameterException(command, Visible.of(message));
  }
}
