package kerava.train.callbacks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import kerava.config.Visible;
import kerava.files.PlaceLock;
import kerava.files.WriteException;
import kerava.train.Callback;
import kerava.train.CallbackAction;
import kerava.train.Epoch;
import kerava.train.ObserverState;
import kerava.train.Run;
import org.apache.commons.text.StringEscapeUtils;

/**
 * Writes the metrics of each epoch as a line of a CSV file (RFC 4180). Names of metrics stand in
 * quotes where they have to; what cannot be seen in them is written {@code \u001b}, and one that a
 * spreadsheet would take for a formula has an apostrophe in front.
 *
 * <p>Lines are added to the file itself, so that it can be watched: a file that is written aside
 * would show nothing before the end. Of a line that cannot be written whole, nothing stays.
 *
 * @see <a href="https://keras.io/api/callbacks/csv_logger/">Keras: CSVLogger</a>
 */
public final class CsvLogger implements Callback {
  private static final Pattern FORMULA = Pattern.compile("\\s*[=+\\-@'\uFF1D\uFF0B\uFF0D\uFF20]");

  private final Path file;
  private final boolean append;

  private CsvLogger(Path file, boolean append) {
    this.file = file;
    this.append = append;
  }

  /** Writes to a file, and begins it anew with each run. */
  public static CsvLogger of(Path file) {
    return new CsvLogger(file, false);
  }

  /** The same, going on behind what the file holds. */
  public CsvLogger append() {
    return new CsvLogger(file, true);
  }

  @Override
  public Optional<PlaceLock> lock() throws IOException {
    Path folder = file.toAbsolutePath().resolveSibling("");
    boolean special = Files.exists(file) && !Files.isRegularFile(file);
    // Where no lock can be, the file itself may be writable, or tells what is wrong.
    return special || !Files.isWritable(folder)
        ? Optional.empty()
        : Optional.of(PlaceLock.file("CsvLogger", file));
  }

  @Override
  public Observer observe(Run run) {
    boolean fresh = !Files.exists(file) || !(append || run.resumed());
    if (fresh) {
      write("", StandardOpenOption.TRUNCATE_EXISTING);
    }
    return new Observer() {
      // A run that ended before its first epoch leaves an empty file.
      private boolean headed = !fresh && length() > 0;

      @Override
      public CallbackAction epochEnd(Epoch epoch) {
        TreeMap<String, Double> metrics = new TreeMap<>(epoch.metrics());
        if (!headed) {
          headed = true;
          line("epoch", metrics.keySet());
        }
        line(String.valueOf(epoch.index()), metrics.values());
        return CallbackAction.proceed();
      }

      @Override
      public ObserverState state() {
        return ObserverState.of(Map.of("bytes", (double) length()));
      }

      @Override
      public void recall(ObserverState state) {
        cut((long) state.number("bytes"));
        headed = length() > 0;
      }
    };
  }

  private long length() {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw problem(e);
    }
  }

  // Lines of epochs that are trained again would stand there twice.
  private void cut(long bytes) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(bytes);
    } catch (IOException e) {
      throw problem(e);
    }
  }

  private void line(String first, Iterable<?> others) {
    List<String> cells = new ArrayList<>(List.of(first));
    others.forEach(cell -> cells.add(cell(cell)));
    long before = length();
    try {
      write(String.join(",", cells) + "\n", StandardOpenOption.APPEND);
    } catch (UncheckedIOException e) {
      cut(before);
      throw e;
    }
  }

  private static String cell(Object value) {
    if (!(value instanceof String)) {
      return String.valueOf(value);
    }
    // Spreadsheets take what begins so for a formula, and an apostrophe in front for "a text".
    String text = Visible.of(value.toString());
    String shown = FORMULA.matcher(text).lookingAt() ? "'" + text : text;
    return StringEscapeUtils.escapeCsv(shown);
  }

  private void write(String text, StandardOpenOption how) {
    try {
      Files.writeString(
          file,
          text,
          StandardCharsets.UTF_8,
          StandardOpenOption.CREATE,
          StandardOpenOption.WRITE,
          how);
    } catch (IOException e) {
      throw problem(e);
    }
  }

  private UncheckedIOException problem(IOException e) {
    WriteException problem = WriteException.of("CsvLogger: expected to write " + file, file, e);
    return new UncheckedIOException(problem.getMessage(), problem);
  }
}
