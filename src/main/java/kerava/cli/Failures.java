package kerava.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** What users are told when something is wrong: one line, and how the process ends. */
final class Failures {
  private Failures() {}

  /** Wrong usage. */
  static int usage(ParameterException problem, String[] args) {
    String name = problem.getCommandLine().getCommandSpec().qualifiedName();
    String message = sentence(problem);
    String end = message.endsWith(".") || message.endsWith("?") ? " " : ". ";
    problem
        .getCommandLine()
        .getErr()
        .println("kerava: " + message + end + suggestion(problem) + "See " + name + " --help.");
    return CommandLine.ExitCode.USAGE;
  }

  private static String suggestion(ParameterException problem) {
    if (!(problem instanceof UnmatchedArgumentException unmatched)) {
      return "";
    }
    List<String> near = unmatched.getSuggestions();
    return near.isEmpty() ? "" : "Did you mean " + String.join(" or ", near) + "? ";
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
      String reason = reason(file);
      return file.getFile() + ": " + reason + (reason.endsWith(".") ? "" : ".");
    }
    String message = problem.getMessage();
    if (message == null || message.isBlank()) {
      return "unexpected " + problem.getClass().getSimpleName() + "; --stacktrace shows where.";
    }
    return message.lines().findFirst().orElse(message);
  }

  private static String reason(FileSystemException problem) {
    String reason = problem.getReason();
    if (reason != null) {
      return reason;
    }
    if (problem instanceof NoSuchFileException) {
      return "expected a file or folder, found none";
    }
    if (problem instanceof AccessDeniedException) {
      return "expected permission to use it, got none";
    }
    if (problem instanceof FileAlreadyExistsException) {
      return "expected nothing there, found a file or folder";
    }
    return "expected to use it, got an error that the system has no words for";
  }
}
