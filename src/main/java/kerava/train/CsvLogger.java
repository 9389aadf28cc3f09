package kerava.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Writes the figures of each epoch as a line of a CSV file.
 *
 * @see <a href="https://keras.io/api/callbacks/csv_logger/">Keras: CSVLogger</a>
 */
public final class CsvLogger implements Callback {
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
  public Observer observe(Run run) {
    boolean fresh = !append || !Files.exists(file);
    if (fresh) {
      write("", StandardOpenOption.TRUNCATE_EXISTING);
    }
    return new Observer() {
      private boolean headed = !fresh;

      @Override
      public Decision epochEnd(Epoch epoch) {
        TreeMap<String, Double> figures = new TreeMap<>(epoch.figures());
        if (!headed) {
          headed = true;
          line("epoch", figures.keySet());
        }
        line(String.valueOf(epoch.index()), figures.values());
        return Decision.proceed();
      }
    };
  }

  private void line(String first, Iterable<?> others) {
    List<String> cells = new ArrayList<>(List.of(first));
    others.forEach(cell -> cells.add(String.valueOf(cell)));
    write(String.join(",", cells) + "\n", StandardOpenOption.APPEND);
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
      throw new UncheckedIOException(
          "CsvLogger: expected to write " + file + ", got " + e + ". Does its folder exist?", e);
    }
  }
}
