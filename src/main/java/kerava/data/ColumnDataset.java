package kerava.data;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kerava.config.Visible;
import kerava.graph.Array;
import kerava.graph.Rows;

/** Samples held in memory of which each has several inputs or several labels, a row an array. */
final class ColumnDataset implements Dataset {
  private final Map<String, Array> inputs;
  private final Map<String, Array> labels;
  private final int size;

  ColumnDataset(Map<String, Array> inputs, Map<String, Array> labels) {
    this.inputs = new LinkedHashMap<>(inputs);
    this.labels = new LinkedHashMap<>(labels);
    if (inputs.isEmpty()) {
      throw new IllegalArgumentException("Dataset: expected at least one input, got none.");
    }
    this.size = Rows.count(inputs.values().iterator().next());
    inputs.forEach(this::requireRows);
    labels.forEach(this::requireRows);
    labels.forEach(ColumnDataset::requireLabels);
  }

  private void requireRows(String name, Array array) {
    if (Rows.count(array) != size) {
      throw new IllegalArgumentException(
          Visible.of(
              "Dataset \"%s\": expected %d rows, as many as the first input has, got %s."
                  .formatted(name, size, array)));
    }
  }

  static void requireLabels(String name, Array array) {
    if (array.type() != Array.Type.INT32 && array.type() != Array.Type.FLOAT32) {
      throw new IllegalArgumentException(
          Visible.of(
              "Dataset \"%s\": expected labels of type INT32 or FLOAT32, got %s."
                  .formatted(name, array)));
    }
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public List<Column> inputColumns() {
    return columns(inputs);
  }

  @Override
  public List<Column> labelColumns() {
    return columns(labels);
  }

  private static List<Column> columns(Map<String, Array> arrays) {
    List<Column> columns = new ArrayList<>();
    arrays.forEach(
        (name, array) ->
            columns.add(
                new Column(
                    name, array.type(), array.shape().subShape(1, array.shape().numDimensions()))));
    return List.copyOf(columns);
  }

  @Override
  public List<Array> inputArrays(int[] indices) {
    return rows(inputs, indices);
  }

  @Override
  public List<Array> labelArrays(int[] indices) {
    return rows(labels, indices);
  }

  private static List<Array> rows(Map<String, Array> arrays, int[] indices) {
    return arrays.values().stream().map(array -> ArrayDataset.rows(array, indices)).toList();
  }

  @Override
  public org.tensorflow.ndarray.Shape inputShape() {
    return only("input", inputColumns()).shape();
  }

  @Override
  public Array.Type inputType() {
    return only("input", inputColumns()).type();
  }

  @Override
  public Array inputs(int[] indices) {
    only("input", inputColumns());
    return inputArrays(indices).get(0);
  }

  @Override
  public Array labels(int[] indices) {
    only("array of labels", labelColumns());
    return labelArrays(indices).get(0);
  }

  private static Column only(String what, List<Column> columns) {
    if (columns.size() != 1) {
      throw new IllegalStateException(
          Visible.of(
              "Dataset: expected one %s, got %s."
                  .formatted(what, columns.stream().map(Column::name).toList())));
    }
    return columns.get(0);
  }

  /** Pixels are scaled where there is nothing else. */
  @Override
  public boolean pixels() {
    return inputs.size() == 1 && inputType() == Array.Type.UINT8;
  }
}
