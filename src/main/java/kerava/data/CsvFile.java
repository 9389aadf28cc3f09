package kerava.data;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import kerava.files.DatasetException;
import kerava.graph.Array;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.csv.DuplicateHeaderMode;

/** A table in a file of comma-separated values, whose first line has the names of the columns. */
final class CsvFile {
  /** What Java takes for a number and nobody else does is a text: "1d", "2f", "0x1p3". */
  private static final Pattern NUMBER =
      Pattern.compile(
          "[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?|[+-]?(inf(inity)?|nan)",
          Pattern.CASE_INSENSITIVE);

  private CsvFile() {}

  /** The columns by name, in their order, each of shape (rows, 1). */
  static Map<String, Array> read(Path file) throws IOException {
    CSVFormat format =
        CSVFormat.DEFAULT
            .builder()
            .setHeader()
            .setSkipHeaderRecord(true)
            .setDuplicateHeaderMode(DuplicateHeaderMode.DISALLOW)
            .setTrim(true)
            .get();
    try (Reader in = Files.newBufferedReader(file, StandardCharsets.UTF_8);
        CSVParser parser = format.parse(in)) {
      List<String> names = parser.getHeaderNames();
      List<List<String>> cells = new ArrayList<>();
      names.forEach(name -> cells.add(new ArrayList<>()));
      for (CSVRecord line : parser) {
        if (line.size() != names.size()) {
          throw new DatasetException(
              file,
              "expected %d cells in line %d, got %d."
                  .formatted(names.size(), parser.getCurrentLineNumber(), line.size()));
        }
        for (int i = 0; i < names.size(); i++) {
          cells.get(i).add(line.get(i));
        }
      }
      Map<String, Array> columns = new LinkedHashMap<>();
      for (int i = 0; i < names.size(); i++) {
        columns.put(names.get(i), column(cells.get(i)));
      }
      return columns;
    } catch (IllegalArgumentException | UncheckedIOException e) {
      throw new DatasetException(
          file, "expected a table with a name for each column, got: " + e.getMessage(), e);
    }
  }

  private static Array column(List<String> cells) {
    try {
      return Array.of(cells.stream().mapToLong(Long::parseLong).toArray(), cells.size(), 1);
    } catch (NumberFormatException e) {
      boolean numbers =
          cells.stream().allMatch(cell -> cell.isEmpty() || NUMBER.matcher(cell).matches());
      return numbers && cells.stream().anyMatch(cell -> !cell.isEmpty())
          ? floats(cells)
          : Array.of(cells.toArray(String[]::new), cells.size(), 1);
    }
  }

  private static Array floats(List<String> cells) {
    float[] numbers = new float[cells.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = number(cells.get(i));
    }
    return Array.of(numbers, numbers.length, 1);
  }

  private static float number(String cell) {
    if (cell.isEmpty() || cell.toLowerCase(Locale.ROOT).contains("nan")) {
      return Float.NaN;
    }
    boolean infinite = cell.toLowerCase(Locale.ROOT).contains("inf");
    if (infinite) {
      return cell.startsWith("-") ? Float.NEGATIVE_INFINITY : Float.POSITIVE_INFINITY;
    }
    return Float.parseFloat(cell);
  }
}
