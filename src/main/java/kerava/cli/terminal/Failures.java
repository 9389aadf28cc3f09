package kerava.cli.terminal;

import java.io.EOFException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kerava.config.Visible;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** What users are told when something is wrong: one line, and how the process ends. */
public final class Failures {
  private static final String STACKTRACE = "--stacktrace";

  /** How picocli begins what a converter says of an option's value. */
  private static final Pattern INVALID =
      Pattern.compile("Invalid value for option '(--[\\w-]+)' \\(.*?\\): (expected .*)");

  /** The name of a Java class with its package. */
  private static final Pattern CLASS =
      Pattern.compile(
          "(?<![\\w/.])(?:javax?|sun|com|org|io|kerava)\\.(?:\\w+\\.)*[A-Z]\\w*|\\bclass \\[");

  private static final int MEGABYTE = 1 << 20;

  private Failures() {}

  /** Wrong usage. */
  public static int usage(ParameterException problem, String[] args) {
    String name = problem.getCommandLine().getCommandSpec().qualifiedName();
    String end = suggestion(problem) + "See " + name + " --help.";
    String message =
        option(String.valueOf(problem.getMessage()).lines().findFirst().orElse("Wrong usage"));
    String whole = message.endsWith(".") || message.endsWith("?") ? message : message + ".";
    Console.of(problem.getCommandLine()).error(ErrorSentence.of(whole + " " + end));
    return CommandLine.ExitCode.USAGE;
  }

  private static String option(String message) {
    Matcher matcher = INVALID.matcher(message);
    return matcher.matches() ? matcher.group(1) + ": " + matcher.group(2) : message;
  }

  private static String suggestion(ParameterException problem) {
    if (!(problem instanceof UnmatchedArgumentException unmatched)) {
      return "";
    }
    List<String> near = unmatched.getSuggestions();
    return near.isEmpty() ? "" : "Did you mean " + String.join(" or ", near) + "? ";
  }

  /** Failure of a command that was rightly asked for. */
  public static int failure(Exception problem, CommandLine line, ParseResult parsed) {
    return failure(problem, line, parsed.expandedArgs());
  }

  /** Failure of whatever kind. */
  public static int failure(Throwable problem, CommandLine line, List<String> args) {
    Console console = Console.of(line);
    console.error(sentence(problem));
    if (args.contains(STACKTRACE)) {
      console.trace(problem);
    }
    return CommandLine.ExitCode.SOFTWARE;
  }

  /** One sentence about a problem, without the name of a Java class. */
  public static String sentence(Throwable problem) {
    return ErrorSentence.of(words(problem));
  }

  private static String words(Throwable problem) {
    Throwable cause = problem.getCause();
    boolean wraps =
        problem instanceof UncheckedIOException
            || problem instanceof ExecutionException
            || problem instanceof CompletionException;
    if (wraps && cause != null) {
      return words(cause);
    }
    if (problem instanceof FileSystemException file) {
      String reason = reason(file);
      String place = file.getFile() == null ? "files" : file.getFile();
      return Visible.of(place) + ": " + reason + (reason.endsWith(".") ? "" : ".");
    }
    if (problem instanceof Error error) {
      return error(error);
    }
    String message = Optional.ofNullable(problem.getMessage()).orElse("").strip();
    return isSentence(problem, message) ? message : fault(problem);
  }

  /** Whether a message is meant for people: one of a mistake in the program is not. */
  private static boolean isSentence(Throwable problem, String message) {
    boolean mistake =
        problem instanceof NullPointerException
            || problem instanceof IndexOutOfBoundsException
            || problem instanceof ClassCastException
            || problem instanceof ArrayStoreException
            || problem instanceof ArithmeticException
            || problem instanceof NegativeArraySizeException
            || problem instanceof NumberFormatException
            || problem instanceof java.util.NoSuchElementException
            || problem instanceof java.util.ConcurrentModificationException;
    return !mistake
        && message.contains(" ")
        && !message.startsWith("Input length =")
        && !CLASS.matcher(message.lines().findFirst().orElse("")).find();
  }

  private static String fault(Throwable problem) {
    if (problem instanceof ArithmeticException || problem instanceof NegativeArraySizeException) {
      return "expected sizes that Java's arrays can hold (below 2147483648), got larger ones."
          + " Fewer or smaller inputs at a time may do; "
          + STACKTRACE
          + " shows where.";
    }
    if (problem instanceof EOFException) {
      return "expected more of a file, got its end. Is the copy or the download of it complete?";
    }
    if (problem instanceof CharacterCodingException) {
      return "expected a text in UTF-8, got a file of other bytes.";
    }
    return "expected to finish, got a fault within Kerava that it has no words for; "
        + STACKTRACE
        + " shows where.";
  }

  private static String error(Error problem) {
    if (problem instanceof OutOfMemoryError) {
      return "expected more memory than the "
          + Runtime.getRuntime().maxMemory() / MEGABYTE
          + " MB that Java may use, got none. Take fewer or smaller inputs at a time, or give Java"
          + " more: KERAVA_JAVA_OPTS=-Xmx8g.";
    }
    if (problem instanceof StackOverflowError) {
      return "expected less nesting, got more than Java's stack holds. KERAVA_JAVA_OPTS=-Xss16m"
          + " gives it more.";
    }
    return fault(problem);
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
