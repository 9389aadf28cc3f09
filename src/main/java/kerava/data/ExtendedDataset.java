package kerava.data;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kerava.config.Visible;
import kerava.graph.Array;
import kerava.graph.Rows;
import org.tensorflow.ndarray.Shape;

/** Samples of another data set, images for example, beside columns in memory. */
final class ExtendedDataset extends DatasetView {
  private final List<Column> inputColumns = new ArrayList<>();
  private final List<Column> labelColumns = new ArrayList<>();
  private final Map<String, Array> inputs = new LinkedHashMap<>();
  private final Map<String, Array> labels = new LinkedHashMap<>();

  private ExtendedDataset(Dataset base) {
    super(base);
  }

  static Dataset inputs(Dataset base, String name, Map<String, Array> more) {
    ExtendedDataset all = new ExtendedDataset(base);
    all.inputColumns.addAll(named("input", name, base.inputColumns()));
    all.labelColumns.addAll(base.labelColumns());
    more.forEach((column, array) -> all.add(all.inputColumns, all.inputs, column, array));
    return all;
  }

  static Dataset labels(Dataset base, String name, Map<String, Array> more) {
    ExtendedDataset all = new ExtendedDataset(base);
    all.inputColumns.addAll(base.inputColumns());
    all.labelColumns.addAll(named("array of labels", name, base.labelColumns()));
    more.forEach(
        (column, array) -> {
          ColumnDataset.requireLabels(column, array);
          all.add(all.labelColumns, all.labels, column, array);
        });
    return all;
  }

  private static List<Column> named(String what, String name, List<Column> columns) {
    if (columns.size() != 1) {
      throw new IllegalArgumentException(
          Visible.of(
              "Dataset: expected one %s to call \"%s\", got %d."
                  .formatted(what, name, columns.size())));
    }
    return List.of(new Column(name, columns.get(0).type(), columns.get(0).shape()));
  }

  private void add(List<Column> columns, Map<String, Array> arrays, String name, Array array) {
    if (Rows.count(array) != size()) {
      throw new IllegalArgumentException(
          Visible.of(
              "Dataset \"%s\": expected %d rows, one a sample, got %s."
                  .formatted(name, size(), array)));
    }
    if (columns.stream().anyMatch(column -> column.name().equals(name))) {
      throw new IllegalArgumentException(
          Visible.of("Dataset: expected columns of different names, got two \"" + name + "\"."));
    }
    Shape shape = array.shape();
    columns.add(new Column(name, array.type(), shape.subShape(1, shape.numDimensions())));
    arrays.put(name, array);
  }

  /** Pixels are scaled where there is nothing else. */
  @Override
  public boolean pixels() {
    return inputs.isEmpty() && base.pixels();
  }

  @Override
  public List<Column> inputColumns() {
    return List.copyOf(inputColumns);
  }

  @Override
  public List<Column> labelColumns() {
    return List.copyOf(labelColumns);
  }

  @Override
  public List<Array> inputArrays(int[] indices) {
    return with(base.inputArrays(indices), inputs, indices);
  }

  @Override
  public List<Array> labelArrays(int[] indices) {
    return with(base.labelArrays(indices), labels, indices);
  }

  private static List<Array> with(List<Array> own, Map<String, Array> more, int[] indices) {
    List<Array> all = new ArrayList<>(own);
    more.values().forEach(array -> all.add(ArrayDataset.rows(array, indices)));
    return all;
  }
}
