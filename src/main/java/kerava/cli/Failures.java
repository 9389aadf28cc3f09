package kerava.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** What users are told when something is wrong: one line, and how the process ends. */
final class Failures {
  private Failures() {}

  /** Wrong usage. */
  static int usage(ParameterException problem, String[] args) {
    PrintWriter err = problem.getCommandLine().getErr();
    err.println("kerava: " + problem.getMessage());
    if (!UnmatchedArgumentException.printSuggestions(problem, err)) {
      err.println("Try: " + problem.getCommandLine().getCommandSpec().qualifiedName() + " --help");
    }
    return CommandLine.ExitCode.USAGE;
  }

  /** Failure of a command that was rightly asked for. */
  static int failure(Exception problem, CommandLine line, ParseResult parsed) {
    line.getErr().println("kerava: " + sentence(problem));
    if (parsed.expandedArgs().contains("--stacktrace")) {
      problem.printStackTrace(line.getErr());
    }
    return CommandLine.ExitCode.SOFTWARE;
  }

  /** One sentence about a problem, without the name of a Java class where it can be avoided. */
  static String sentence(Throwable problem) {
    if (problem instanceof UncheckedIOException unchecked && unchecked.getCause() != null) {
      IOException cause = unchecked.getCause();
      return sentence(cause);
    }
    if (problem instanceof FileSystemException file) {
      return file.getFile() + ": " + reason(file) + ".";
    }
    String message = problem.getMessage();
    if (message == null || message.isBlank()) {
      return "unexpected " + problem.getClass().getSimpleName() + "; --stacktrace shows where.";
    }
    return message.lines().findFirst().orElse(message);
  }

  private static String reason(FileSystemException problem) {
    if (problem instanceof NoSuchFileException) {
      return "expected a file or folder, found none";
    }
    if (problem instanceof AccessDeniedException) {
      return "expected permission to use it, got none";
    }
    String reason = problem.getReason();
    return reason == null ? problem.getClass().getSimpleName() : reason;
  }
}
