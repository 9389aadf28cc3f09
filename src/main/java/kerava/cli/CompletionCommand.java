package kerava.cli;

import java.util.concurrent.Callable;
import kerava.cli.terminal.Console;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code kerava completion}. */
@Command(
    name = "completion",
    description = "Prints a script with which bash and zsh complete commands and options.",
    footer = {
      "",
      "Examples:",
      "  source <(kerava completion)                    for this shell",
      "  kerava completion > ~/.kerava-completion       once, and in ~/.bashrc or ~/.zshrc:",
      "  source ~/.kerava-completion"
    })
final class CompletionCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    Console console = Console.of(spec);
    console.lines(
        AutoComplete.bash("kerava", console.command().getCommandSpec().root().commandLine()));
    return 0;
  }
}
