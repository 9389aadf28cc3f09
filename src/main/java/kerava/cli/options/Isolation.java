package kerava.cli.options;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import kerava.cli.terminal.Console;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/**
 * Runs a command in a process of its own, so that a model that makes TensorFlow crash, or use more
 * memory or time than it may, ends that process alone.
 */
public final class Isolation {
  /** Set in the child, which must not have a child again. */
  private static final String INSIDE = "kerava.isolated";

  private static final String ERR = "kerava.stderr";
  private static final int SIGNALS = 128;

  @Spec(Target.MIXEE)
  private @Nullable CommandSpec spec;

  @Option(
      names = "--isolate",
      description = {
        "Run in a process of its own: a model that makes TensorFlow crash, or passes the limits",
        "below, is refused with a sentence."
      })
  private boolean wanted;

  @Option(
      names = "--isolate-memory",
      paramLabel = "MIB",
      defaultValue = "4096",
      description = "With --isolate: the memory that it may use, in MiB (default: 4096).")
  private long memory = 4096;

  @Option(
      names = "--isolate-seconds",
      paramLabel = "SECONDS",
      defaultValue = "600",
      description = "With --isolate: the time that it may take (default: 600).")
  private long seconds = 600;

  /** What a command does. */
  public interface Command {
    /** Does it, and gives the exit code. */
    int run() throws IOException;
  }

  /**
   * Runs a command here, or, if that is asked for, its whole command line in a child process.
   *
   * @return the exit code
   */
  public int run(Command command) throws IOException {
    if (!wanted || Boolean.getBoolean(INSIDE)) {
      return command.run();
    }
    Console console = Console.of(spec);
    if (memory < 1 || seconds < 1) {
      throw console.usage(
          "--isolate-memory, --isolate-seconds: expected 1 or more, got %d and %d."
              .formatted(memory, seconds));
    }
    List<String> arguments =
        console.command().getCommandSpec().root().commandLine().getParseResult().originalArgs();
    Process child = new ProcessBuilder(command(console.mainClass(), arguments)).start();
    Thread ender = new Thread(child::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(ender);
    try {
      return ended(console, child);
    } finally {
      child.destroyForcibly();
      Runtime.getRuntime().removeShutdownHook(ender);
    }
  }

  private int ended(Console console, Process child) throws IOException {
    child.getOutputStream().close();
    CompletableFuture<Void> out = copy(child.getInputStream(), line -> console.passOn(line, false));
    CompletableFuture<Void> err = copy(child.getErrorStream(), line -> console.passOn(line, true));
    ChildLimits.Outcome outcome = new ChildLimits(memory, seconds).await(child);
    int code = child.exitValue();
    if (outcome == ChildLimits.Outcome.ENDED) {
      out.join();
      err.join();
    }
    switch (outcome) {
      case MEMORY ->
          console.error(
              "--isolate: expected at most %d MiB of memory, got more. --isolate-memory sets another limit."
                  .formatted(memory));
      case TIME ->
          console.error(
              "--isolate: expected an end within %d seconds, got none. --isolate-seconds sets another limit."
                  .formatted(seconds));
      case ENDED -> {
        if (code > SIGNALS) {
          console.error(
              "--isolate: expected the command to finish, got its process ended by signal %d. Is the model damaged, or made to crash TensorFlow?"
                  .formatted(code - SIGNALS));
        }
      }
    }
    return outcome == ChildLimits.Outcome.ENDED && code <= SIGNALS ? code : 1;
  }

  private static CompletableFuture<Void> copy(InputStream from, Consumer<String> to) {
    return CompletableFuture.runAsync(
        () -> {
          try (BufferedReader lines =
              new BufferedReader(new InputStreamReader(from, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
              to.accept(line);
            }
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        },
        task -> new Thread(task, "kerava-isolated").start());
  }

  private static List<String> command(Class<?> main, List<String> arguments) {
    List<String> java = new ArrayList<>();
    java.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    java.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    java.add("-D" + INSIDE + "=true");
    java.add("-cp");
    java.add(System.getProperty("java.class.path"));
    java.add(main.getName());
    java.addAll(arguments);
    if (System.getProperty(ERR) == null) {
      return java;
    }
    // Java hands on no descriptors but the first three.
    List<String> shell =
        new ArrayList<>(
            List.of("sh", "-c", "exec " + System.getProperty(ERR) + ">&2; exec \"$@\"", "sh"));
    shell.addAll(java);
    return shell;
  }
}
