package kerava.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kerava.config.Nearest;
import kerava.config.Visible;
import kerava.data.records.RecordTable;
import kerava.files.DatasetException;
import kerava.graph.Array;
import org.tensorflow.ndarray.Shape;

/**
 * A table in memory: columns of numbers or texts under names, as many rows in each; immutable.
 *
 * <pre>{@code
 * Table patients = Table.readCsv(Path.of("heart.csv"));
 * Dataset data = patients.without("target").dataset(patients.only("target"));
 * }</pre>
 *
 * @see <a href="https://keras.io/examples/structured_data/">Keras: structured data</a>
 */
public final class Table {
  private final Map<String, Array> columns;
  private final int rows;

  private Table(Map<String, Array> columns) {
    this.columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    this.rows =
        columns.isEmpty() ? 0 : Math.toIntExact(columns.values().iterator().next().shape().get(0));
  }

  /**
   * A table of columns.
   *
   * @param columns by name, each of shape (rows) or (rows, ...)
   * @throws IllegalArgumentException if they do not have the same number of rows
   */
  public static Table of(Map<String, Array> columns) {
    Map<String, Array> all = new LinkedHashMap<>();
    columns.forEach((name, array) -> all.put(name, upright(array)));
    Table table = new Table(all);
    table.columns.forEach(
        (name, array) -> {
          if (array.shape().get(0) != table.rows) {
            throw new IllegalArgumentException(
                Visible.of(
                    "Table column \"%s\": expected %d rows, got %s."
                        .formatted(name, table.rows, array)));
          }
        });
    return table;
  }

  /** Models take a column as (rows, 1). */
  private static Array upright(Array array) {
    return array.shape().numDimensions() != 1
        ? array
        : switch (array.type()) {
          case UINT8 -> Array.of(array.bytes(), array.size(), 1);
          case INT32 -> Array.of(array.ints(), array.size(), 1);
          case INT64 -> Array.of(array.longs(), array.size(), 1);
          case FLOAT32 -> Array.of(array.floats(), array.size(), 1);
          case STRING -> Array.of(array.texts(), array.size(), 1);
        };
  }

  /**
   * Reads a CSV file in UTF-8 whose first line has the names of the columns. A column of whole
   * numbers becomes INT64, one of other numbers FLOAT32, in which empty cells are NaN, and any
   * other STRING.
   *
   * @throws DatasetException if it has no header, a line of another length, or a name twice
   * @throws IOException if it cannot be read
   */
  public static Table readCsv(Path file) throws IOException {
    return new Table(CsvFile.read(file));
  }

  /**
   * Reads files of {@code tf.Example} records (TFRecord) that all have the same features, with as
   * many values each: whole numbers become INT64, floats FLOAT32, and bytes STRING as UTF-8.
   *
   * @throws DatasetException if a file is damaged, or holds other examples
   * @throws IOException if a file cannot be read
   */
  public static Table readRecords(Path... files) throws IOException {
    return new Table(RecordTable.read(List.of(files)));
  }

  /** How many rows there are. */
  public int rows() {
    return rows;
  }

  /** The names of the columns, in their order. */
  public List<String> names() {
    return List.copyOf(columns.keySet());
  }

  /** The columns by name, each of shape (rows, ...). */
  public Map<String, Array> columns() {
    return columns;
  }

  /**
   * A column.
   *
   * @return of shape (rows, ...)
   * @throws IllegalArgumentException if there is none of the name
   */
  public Array column(String name) {
    Array found = columns.get(name);
    if (found == null) {
      throw new IllegalArgumentException(
          Visible.of(
              "Table: expected "
                  + Nearest.oneOf(name, columns.keySet())
                  + ", got \""
                  + name
                  + "\"."));
    }
    return found;
  }

  /**
   * The same table with some of its columns, in the order given.
   *
   * @throws IllegalArgumentException if there is none of a name
   */
  public Table only(String... names) {
    Map<String, Array> some = new LinkedHashMap<>();
    for (String name : names) {
      some.put(name, column(name));
    }
    return new Table(some);
  }

  /**
   * The same table without some of its columns.
   *
   * @throws IllegalArgumentException if there is none of a name
   */
  public Table without(String... names) {
    Map<String, Array> others = new LinkedHashMap<>(columns);
    for (String name : names) {
      column(name);
      others.remove(name);
    }
    return new Table(others);
  }

  /**
   * The same table with whole numbers as FLOAT32.
   *
   * @param names of columns of numbers
   * @throws IllegalArgumentException if one is none of numbers
   */
  public Table floats(String... names) {
    Map<String, Array> all = new LinkedHashMap<>(columns);
    for (String name : names) {
      all.put(name, column(name).to(Array.Type.FLOAT32));
    }
    return new Table(all);
  }

  /**
   * A data set with this table's columns as the inputs of a model, under their names.
   *
   * @param labels columns under the names of the model's outputs, or one under any name for its
   *     only output; whole numbers of INT64 become the class numbers or targets that losses take
   * @throws IllegalArgumentException if it has another number of rows, or labels are texts
   */
  public Dataset dataset(Table labels) {
    Map<String, Array> targets = new LinkedHashMap<>();
    labels.columns.forEach(
        (name, array) -> targets.put(labels.columns.size() == 1 ? "" : name, label(array)));
    return Dataset.of(columns, targets);
  }

  /** Whole numbers are class numbers, of shape (rows). */
  private static Array label(Array array) {
    if (array.type() != Array.Type.INT64) {
      return array;
    }
    Array numbers = array.to(Array.Type.INT32);
    Shape shape = array.shape();
    return shape.numDimensions() == 2 && shape.get(1) == 1
        ? Array.of(numbers.ints(), numbers.size())
        : numbers;
  }
}
