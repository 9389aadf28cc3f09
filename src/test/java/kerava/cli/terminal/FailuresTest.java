package kerava.cli.terminal;

import static kerava.cli.OneSentence.isOneSentence;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever goes wrong in a program, it is said in one sentence. */
final class FailuresTest {
  static List<Throwable> problems() {
    return List.of(
        new NegativeArraySizeException("-2"),
        new NegativeArraySizeException("-2130706432"),
        new ArrayIndexOutOfBoundsException("Index 4 out of bounds for length 2"),
        new ArithmeticException("integer overflow"),
        new ClassCastException("class [I cannot be cast to class [F"),
        new NullPointerException("Cannot invoke \"java.util.List.size()\" because it is null"),
        new NumberFormatException("For input string: \"x\""),
        new NoSuchElementException("No value present"),
        new IllegalStateException(),
        new IllegalStateException(""),
        new IllegalStateException("-1"),
        new IllegalArgumentException("java.util.zip.ZipException: bad header"),
        new UnsupportedOperationException(),
        new EOFException(),
        new MalformedInputException(1),
        new UncheckedIOException(new IOException("7")),
        new FileSystemException(null),
        new AccessDeniedException("/root/x"),
        new OutOfMemoryError("Java heap space"),
        new StackOverflowError(),
        new NoClassDefFoundError("kerava/graph/Graphs"),
        new IOException("one two " + "x".repeat(5000)),
        new IOException("one two three ".repeat(500)));
  }

  @ParameterizedTest
  @MethodSource("problems")
  void ofWhateverKind(Throwable problem) {
    isOneSentence(
        problem.getClass().getSimpleName(), "kerava: " + Failures.sentence(problem) + "\n");
  }
}
